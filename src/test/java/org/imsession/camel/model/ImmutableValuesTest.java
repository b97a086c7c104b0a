package org.imsession.camel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A message is the same for every route that gets it. */
class ImmutableValuesTest {

    @Test
    void laterChangesToWhatWentInDoNotReachIt() {
        List<Object> list = new ArrayList<>(List.of(1));
        Map<String, Object> inner = new HashMap<>(Map.of("list", list));
        Map<String, Object> content = new HashMap<>(Map.of("inner", inner));
        UnknownMessage message = new UnknownMessage("T", "", "", content, "");
        list.add(2);
        inner.put("x", 1);
        content.clear();

        assertThat(message.content()).isEqualTo(Map.of("inner", Map.of("list", List.of(1))));
    }

    @Test
    void whatComesOutCannotBeChanged() {
        Map<String, Object> content = new HashMap<>();
        content.put("nothing", null);
        content.put("inner", new HashMap<>(Map.of("list", new ArrayList<>(List.of(1)))));
        Map<String, Object> read = new UnknownMessage("T", "", "", content, "").content();
        Map<?, ?> inner = (Map<?, ?>) read.get("inner");

        assertThat(read).containsEntry("nothing", null);
        assertThatThrownBy(read::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(inner::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) inner.get("list")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aNullIsRefusedWhereItIsPutIn() {
        assertThatThrownBy(() -> new UnknownMessage("T", "", null, Map.of(), ""))
                .isInstanceOf(NullPointerException.class).hasMessage("reason");
        assertThatThrownBy(() -> new Participant("1", null, "", "", Map.of()))
                .isInstanceOf(NullPointerException.class).hasMessage("e164Number");
    }
}
