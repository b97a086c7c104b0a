-- The tables of routes/sql for PostgreSQL 10 and later. Can be run again: what is there stays as it is.
--
--     psql -v ON_ERROR_STOP=1 -f routes/sql/postgresql.sql DATABASE
--
-- An event is kept once: server, agent and sequence are the headers CamelIMSessionServerUrl, CamelIMSessionAgent and
-- CamelIMSessionSequence. h2.sql has the same tables.

begin;

create table if not exists im_schema (
    version     integer primary key,
    applied_at  timestamptz not null default current_timestamp
);

-- Every event that was kept, and every gap. Per agent, id is the order in which they came.
create table if not exists im_events (
    id              bigint generated always as identity unique,
    server          varchar(255) not null,
    agent           varchar(255) not null,
    sequence        varchar(300) not null,
    -- of CometD, which counts its events from 0; null for what has no number there: snapshots, most gaps
    bayeux_session  varchar(64),
    number          bigint,
    received_at     timestamptz not null,
    kept_at         timestamptz not null default current_timestamp,
    session_id      varchar(255),
    message_type    varchar(255) not null,
    origin          varchar(20) not null,
    direction       varchar(20),
    -- null once retention has removed the content
    json            text,
    primary key (server, agent, sequence)
);
create index if not exists im_events_session on im_events (server, session_id);
create index if not exists im_events_number on im_events (server, agent, bayeux_session, number);
create index if not exists im_events_received on im_events (received_at);

-- The texts among them, to be read and searched by people.
create table if not exists im_texts (
    server       varchar(255) not null,
    agent        varchar(255) not null,
    sequence     varchar(300) not null,
    session_id   varchar(255) not null,
    received_at  timestamptz not null,
    direction    varchar(20),
    text         text not null,
    primary key (server, agent, sequence),
    foreign key (server, agent, sequence) references im_events on delete cascade
);
create index if not exists im_texts_session on im_texts (server, session_id);

-- The gaps among them: something may have been lost from from_at until to_at.
create table if not exists im_gaps (
    server     varchar(255) not null,
    agent      varchar(255) not null,
    sequence   varchar(300) not null,
    from_at    timestamptz not null,
    to_at      timestamptz not null,
    reason     varchar(40) not null,
    certainty  varchar(20) not null,
    detail     text not null,
    primary key (server, agent, sequence),
    foreign key (server, agent, sequence) references im_events on delete cascade
);
create index if not exists im_gaps_time on im_gaps (server, agent, from_at);

-- Numbers of a Bayeux session that have no event, and why: the database refused it, or somebody filtered it.
create table if not exists im_not_kept (
    server          varchar(255) not null,
    agent           varchar(255) not null,
    bayeux_session  varchar(64) not null,
    first_number    bigint not null,
    last_number     bigint not null,
    received_at     timestamptz not null,
    why             varchar(20) not null check (why in ('refused', 'filtered')),
    detail          varchar(500) not null,
    primary key (server, agent, bayeux_session, first_number)
);

-- One row for each agent's side of an IM session, up to date with its events.
create table if not exists im_conversations (
    server          varchar(255) not null,
    agent           varchar(255) not null,
    session_id      varchar(255) not null,
    begun_at        timestamptz not null,
    last_event_at   timestamptz not null,
    last_event_id   bigint not null,
    -- null until it is known to be completed, live or by a snapshot
    completed_at    timestamptz,
    -- exempt from retention
    legal_hold      boolean not null default false,
    -- who builds the record of it now, until when that holds, and up to which event it was built
    claimed_by      varchar(255),
    claimed_until   timestamptz,
    built_event_id  bigint not null default -1,
    primary key (server, agent, session_id)
);
create index if not exists im_conversations_unbuilt on im_conversations (last_event_at)
    where last_event_id > built_event_id;

-- The numbers that none of these rows has, between those of two rows of a Bayeux session, or before the first one.
create or replace view im_holes as
select server, agent, bayeux_session, coalesce(before_number, -1) + 1 as first_number, first_number - 1 as last_number,
       coalesce(before_at, received_at) as since_at, received_at as until_at
from (select server, agent, bayeux_session, first_number, received_at,
             max(last_number) over earlier as before_number, max(received_at) over earlier as before_at
      from (select server, agent, bayeux_session, number as first_number, number as last_number, received_at
            from im_events where number is not null
            union all
            select server, agent, bayeux_session, first_number, last_number, received_at from im_not_kept) as numbers
      window earlier as (partition by server, agent, bayeux_session order by first_number
                         rows between unbounded preceding and 1 preceding)) as neighbours
where first_number > coalesce(before_number, -1) + 1;

-- What became of each number of a Bayeux session: kept, refused, filtered, in gap, or unexplained.
create or replace view im_numbers as
select server, agent, bayeux_session, number as first_number, number as last_number, received_at,
       case message_type when 'FeedGap' then 'in gap' else 'kept' end as what
from im_events where number is not null
union all
select server, agent, bayeux_session, first_number, last_number, received_at, why from im_not_kept
union all
select server, agent, bayeux_session, first_number, last_number, until_at,
       case when exists (select 1 from im_gaps where im_gaps.server = im_holes.server and im_gaps.agent = im_holes.agent
                             and from_at <= until_at and to_at >= since_at) then 'in gap' else 'unexplained' end
from im_holes;

insert into im_schema (version) values (1) on conflict do nothing;

commit;
