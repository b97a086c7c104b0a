// Ended conversations, from the database: searched, opened, printed, exported.

import { Rows } from './rows.js';
import { ZONE, clock, element, full, say } from './words.js';

export class Ended {

  constructor(live, transcript, opened) {
    this.live = live;
    this.transcript = transcript;
    this.opened = opened;
    this.found = new Map();
    this.rows = new Rows(document.getElementById('found'), (row, value) => this.fill(row, value), key => this.open(key));
    this.note = document.getElementById('search-note');
    document.getElementById('search').addEventListener('submit', event => {
      event.preventDefault();
      this.search();
    });
    live.addEventListener('search', event => this.answered(event.detail));
    live.addEventListener('ended', event => this.show(event.detail));
    document.getElementById('print').addEventListener('click', () => window.print());
    for (const [form, type] of [['text', 'text/plain'], ['html', 'text/html'], ['json', 'application/json']]) {
      document.getElementById('export-' + form).addEventListener('click', () => this.save(form, type));
    }
  }

  search() {
    const wanted = { zone: ZONE };
    for (const name of ['agent', 'number', 'text', 'day']) wanted[name] = document.getElementById('search-' + name).value;
    say(this.note, 'Searching …');
    this.live.ask('search', wanted);
  }

  answered(answer) {
    const found = answer.found || [];
    this.found = new Map(found.map(each => [[each.server, each.agent, each.session].join(' '), each]));
    this.rows.list.replaceChildren();
    this.rows.rows.clear();
    for (const [key, value] of this.found) this.rows.put(key, value);
    say(this.note, answer.problem || (found.length === 0 ? 'Nothing matches.' : found.length >= 100
      ? 'The latest 100; say more to see others.' : found.length === 1 ? 'One conversation.' : found.length
      + ' conversations.'));
  }

  fill(row, value) {
    const top = element('span', 'top');
    top.append(element('span', 'who', value.agent), element('span', 'with', value.party || ''),
      element('time', 'age', clock(value.begun, this.live.now())));
    row.replaceChildren(top, element('span', 'under', value.texts + (value.texts === 1 ? ' text' : ' texts')));
    row.title = 'in session ' + value.session + ', begun ' + full(value.begun);
  }

  open(key) {
    const wanted = this.found.get(key);
    this.key = key;
    this.party = wanted.party;
    this.rows.mark(key);
    this.opened();
    this.live.ask('ended', { server: wanted.server, agent: wanted.agent, session: wanted.session, zone: ZONE });
  }

  show(answer) {
    if (answer.problem) {
      say(this.note, answer.problem);
      return;
    }
    const forms = answer.conversation;
    this.forms = forms;
    const record = JSON.parse(forms.json);
    const party = this.party || 'number not known';
    const lines = [];
    for (const each of record.texts || []) {
      const sender = (each.sender || '').toUpperCase();
      lines.push({ kind: 'text', at: Date.parse(each.at), text: each.text,
        from: sender === 'AGENT' ? 'outbound' : sender === 'OTHER_PARTY' ? 'inbound' : 'unknown' });
    }
    for (const each of record.states || []) {
      lines.push({ kind: 'state', at: Date.parse(each.at), state: each.state.trim().toUpperCase() });
    }
    for (const each of record.gaps || []) {
      lines.push({ kind: 'gap', at: Date.parse(each.to), gapFrom: Date.parse(each.from), gapTo: Date.parse(each.to),
        certain: each.certainty === 'CERTAIN', reason: each.reason });
    }
    // of what came at once, the beginning comes first and the end last
    const rank = line => line.kind !== 'state' ? 1 : line.state === 'COMPLETED' ? 2 : 0;
    lines.sort((one, other) => one.at - other.at || rank(one) - rank(other));
    lines.forEach((each, place) => { each.n = place + 1; });
    this.transcript.open('ended ' + this.key, true);
    this.transcript.head(answer.agent + ' and ' + party, (record.complete ? 'complete' : 'not complete: '
      + (record.incomplete || []).join(', ').toLowerCase().replaceAll('_', ' ')) + ' · begun ' + full(Date.parse(record.begun)));
    this.transcript.userData(Object.fromEntries(Object.entries(record.userData || {}).map(([name, value]) =>
      [name, typeof value === 'string' ? value : JSON.stringify(value)])));
    this.transcript.fill(lines, answer.agent, party, true);
  }

  save(form, type) {
    const link = element('a');
    link.href = URL.createObjectURL(new Blob([this.forms[form]], { type }));
    link.download = this.forms.name + (form === 'text' ? '.txt' : '.' + form);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
}
