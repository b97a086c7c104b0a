package org.imsession.camel.model;

import java.util.Map;
import java.util.Objects;
import org.imsession.camel.json.JsonOfModel;

/**
 * A party of an IM session; the documented ones list the <em>other</em> party only. A member that was not sent is an
 * empty string (real servers send {@code e164Number} empty).
 *
 * @param digits               the number as dialled
 * @param e164Number           the number in E.164 form
 * @param formattedPhoneNumber the number for people
 * @param phoneNumber          the number to use as a destination
 * @param other                members that are not documented, as JSON values, in the order sent
 */
@JsonOfModel
public record Participant(String digits, String e164Number, String formattedPhoneNumber, String phoneNumber,
                          Map<String, Object> other) {

    public Participant {
        Objects.requireNonNull(digits, "digits");
        Objects.requireNonNull(e164Number, "e164Number");
        Objects.requireNonNull(formattedPhoneNumber, "formattedPhoneNumber");
        Objects.requireNonNull(phoneNumber, "phoneNumber");
        other = Values.copy(other);
    }
}
