package org.imsession.camel.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.imsession.camel.model.IMSession;
import org.imsession.camel.model.Participant;

/** Which number is whose. Punctuation does not count, for servers format numbers as they like. */
final class PhoneNumbers {

    private PhoneNumbers() {
    }

    /** Whether a number is that of a party of a session, or the session names no party. */
    static boolean isParty(IMSession session, String number) {
        String wanted = bare(number);
        return session.participants().isEmpty() || session.participants().stream()
                .flatMap(each -> Stream.of(each.phoneNumber(), each.digits(), each.e164Number(),
                        each.formattedPhoneNumber()))
                .anyMatch(each -> !each.isEmpty() && bare(each).equals(wanted));
    }

    /** The numbers by which the parties of a session can be reached. */
    static List<String> of(IMSession session) {
        List<String> numbers = new ArrayList<>(session.participants().size());
        for (Participant participant : session.participants()) { // of each event: no stream
            String number = of(participant);
            if (!number.isEmpty() && !numbers.contains(number)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static String of(Participant participant) {
        return participant.phoneNumber().isEmpty() ? participant.digits() : participant.phoneNumber();
    }

    private static String bare(String number) {
        return number.replaceAll("[\\s()./+-]", "");
    }
}
