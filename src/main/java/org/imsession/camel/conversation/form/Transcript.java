package org.imsession.camel.conversation.form;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.imsession.camel.conversation.IMConversation;
import org.imsession.camel.conversation.IMConversation.Reason;
import org.imsession.camel.conversation.IMConversation.Sender;
import org.imsession.camel.conversation.IMConversation.State;
import org.imsession.camel.conversation.IMConversation.Text;
import org.imsession.camel.model.FeedGap;

/**
 * What people are shown of a conversation, in whatever form: the facts of the head, what cannot be known said once, and
 * then what was said and where something may be missing. All words of others have passed {@link Visible}.
 *
 * @param title   who with whom
 * @param when    the day and the time
 * @param facts   the head, in order
 * @param notes   what cannot be known, one sentence each
 * @param entries days, texts and gaps, in order
 */
record Transcript(String title, String when, List<Fact> facts, List<String> notes, List<Entry> entries) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /** One line of the head, or several of one name. */
    record Fact(String name, List<String> lines) {
    }

    /** What an entry is. */
    enum Kind {
        /** A new day or another offset from UTC begins, as at the end of summer time. */
        DAY,
        /** Something was said. */
        TEXT,
        /** Something may be missing here. */
        GAP
    }

    /**
     * @param time   the time of the day; empty for a day
     * @param sender who said it, for a text; else {@link Sender#NOT_KNOWN}
     * @param who    the same in words, empty for others than texts
     * @param words  the text, the day or what may be missing
     */
    record Entry(Kind kind, String time, Sender sender, String who, String words) {
    }

    static Transcript of(IMConversation conversation, ZoneId zone) {
        return new Writer(conversation, zone).transcript();
    }

    private record Writer(IMConversation told, ZoneId zone) {

        private Transcript transcript() {
            return new Transcript(title(), when(), facts(), notes(), entries());
        }

        private String title() {
            return agent() + " with " + (told.parties().isEmpty() ? "an unknown party" : parties());
        }

        private String agent() {
            return Visible.line(told.agent());
        }

        private String parties() {
            return told.parties().stream().map(IMConversation::number)
                    .map(each -> each.isEmpty() ? "a party without a number" : Visible.line(each))
                    .collect(Collectors.joining(", "));
        }

        private String when() {
            boolean sameDay = day(told.begun()).equals(day(told.ended()));
            return DAY.format(told.begun().atZone(zone)) + ", " + time(told.begun()) + " to "
                    + (sameDay ? "" : DAY.format(told.ended().atZone(zone)) + ", ") + time(told.ended());
        }

        private List<Fact> facts() {
            List<Fact> facts = new ArrayList<>();
            facts.add(new Fact("Complete", completeness()));
            facts.add(new Fact("Begun", List.of(moment(told.begun())
                    + (told.incomplete().contains(Reason.BEGINNING_NOT_SEEN) ? ", or before" : ""))));
            facts.add(new Fact("Ended", List.of(ended())));
            add(facts, "States", told.states().stream().map(this::state).toList());
            List<String> data = new ArrayList<>();
            told.userData().forEach((key, value) -> userData(key, value, data));
            add(facts, "User data", data);
            add(facts, "Gaps", told.gaps().stream().map(gap -> moment(gap.from()) + " to " + moment(gap.to()) + ": "
                    + loss(gap) + " (" + Visible.line(gap.detail().isBlank() ? words(gap) : gap.detail()) + ")")
                    .toList());
            facts.add(new Fact("Agent", List.of(agent() + " at " + Visible.line(told.server()))));
            facts.add(new Fact("Session", List.of(Visible.line(told.sessionId()))));
            facts.add(new Fact("Record", List.of(told.id() + ", made of "
                    + (told.events() == 1 ? "1 event" : told.events() + " events"))));
            return facts;
        }

        private static void add(List<Fact> facts, String name, List<String> lines) {
            if (!lines.isEmpty()) {
                facts.add(new Fact(name, lines));
            }
        }

        private List<String> completeness() {
            return told.complete() ? List.of("yes")
                    : told.incomplete().stream().map(reason -> "no: " + reason.words()).toList();
        }

        private String ended() {
            if (told.incomplete().contains(Reason.END_NOT_SEEN)) {
                return "not known; last heard of at " + moment(told.ended());
            }
            boolean asked = told.states().stream().reduce((one, next) -> next)
                    .filter(last -> last.origin().equals("snapshot")).isPresent();
            return moment(told.ended()) + (asked ? ", or before: it was gone when the server was asked" : "");
        }

        private String state(State state) {
            return moment(state.at()) + "  " + Visible.line(state.state())
                    + (state.origin().equals("snapshot") ? " (when the server was asked)" : "");
        }

        /** A value within another is named by the way to it. */
        private static void userData(String name, Object value, List<String> lines) {
            if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                map.forEach((key, inner) -> userData(name + "." + key, inner, lines));
            } else if (value instanceof List<?> list && !list.isEmpty()) {
                for (int at = 0; at < list.size(); at++) {
                    userData(name + "[" + at + "]", list.get(at), lines);
                }
            } else {
                lines.add(Visible.line(name) + ": " + Visible.line(String.valueOf(value)));
            }
        }

        private List<String> notes() {
            List<String> notes = new ArrayList<>();
            notes.add("Times are those of receipt, in " + zone.getId() + "; the server sends none.");
            if (told.texts().stream().anyMatch(text -> text.sender() == Sender.NOT_KNOWN)) {
                notes.add("The server names no sender: where it says \"not known\", nobody can tell who said it.");
            }
            if (told.texts().stream().anyMatch(text -> text.sender() == Sender.OTHER_PARTY)) {
                notes.add("A text is the other party's where the other agent's login sent it, and both were followed.");
            }
            if (!told.complete()) {
                notes.add("Texts may be missing: the server keeps none, so what was not heard is lost.");
            }
            return notes;
        }

        private List<Entry> entries() {
            List<Entry> entries = new ArrayList<>();
            List<FeedGap> untold = new ArrayList<>(told.gaps());
            Instant before = told.begun();
            for (Text text : told.texts()) {
                while (!untold.isEmpty() && !untold.get(0).from().isAfter(text.at())) {
                    entries.add(gap(untold.remove(0)));
                }
                day(before, text.at(), entries);
                before = text.at();
                entries.add(new Entry(Kind.TEXT, time(text.at()), text.sender(), who(text.sender()),
                        Visible.text(text.text())));
            }
            untold.forEach(gap -> entries.add(gap(gap)));
            return entries;
        }

        private void day(Instant before, Instant now, List<Entry> entries) {
            ZoneOffset offset = zone.getRules().getOffset(now);
            boolean moved = !zone.getRules().getOffset(before).equals(offset);
            if (moved || !day(before).equals(day(now))) {
                entries.add(new Entry(Kind.DAY, "", Sender.NOT_KNOWN, "", DAY.format(now.atZone(zone))
                        + (moved ? ", now UTC" + (offset.equals(ZoneOffset.UTC) ? "" : offset.getId()) : "")));
            }
        }

        private Entry gap(FeedGap gap) {
            return new Entry(Kind.GAP, time(gap.from()), Sender.NOT_KNOWN, "",
                    "until " + moment(gap.to()) + " " + loss(gap) + ": " + words(gap));
        }

        private String who(Sender sender) {
            return switch (sender) {
                case AGENT -> agent();
                case OTHER_PARTY -> "the other party" + (told.parties().isEmpty() ? "" : " (" + parties() + ")");
                case NOT_KNOWN -> "not known";
            };
        }

        private static String loss(FeedGap gap) {
            return gap.certainty() == FeedGap.Certainty.CERTAIN ? "something is missing" : "something may be missing";
        }

        private static String words(FeedGap gap) {
            return switch (gap.reason()) {
                case SESSION_LOST -> "the server had lost the connection";
                case SESSION_ENDED -> "the server had ended the connection";
                case ANSWER_LOST -> "an answer of the server was lost";
                case OVERSIZE_SKIPPED -> "a message was too large";
                case UNREADABLE_SKIPPED -> "an answer of the server could not be read";
                case ACK_MISCOUNTED -> "the server had miscounted";
                case ROUTE_STOPPED -> "nobody was listening";
                case BUFFER_OVERFLOW -> "too many events waited";
                case SERVICE_INACTIVE -> "the service for instant messages was down";
            };
        }

        /** With the day unless it is that of the beginning. */
        private String moment(Instant moment) {
            return day(moment).equals(day(told.begun())) ? time(moment)
                    : DateTimeFormatter.ISO_LOCAL_DATE.format(moment.atZone(zone)) + " " + time(moment);
        }

        private String time(Instant moment) {
            return TIME.format(moment.atZone(zone));
        }

        private LocalDate day(Instant moment) {
            return moment.atZone(zone).toLocalDate();
        }
    }}
