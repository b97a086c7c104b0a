package org.imsession.camel;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The headers of one exchange, sorted as Camel's map of headers sorts them, which takes over what is sorted without
 * comparing names. Set one by one, nearly equal names as these cost a tenth of all that an exchange costs. Not for use
 * by several threads.
 */
final class EventHeaders extends AbstractMap<String, Object> implements SortedMap<String, Object> {

    private static final List<String> NAMES = List.of(IMSessionConstants.AGENT, IMSessionConstants.AGENT_FILE_NAME,
            IMSessionConstants.ANOMALY, IMSessionConstants.BAYEUX_SESSION, IMSessionConstants.DELIVERY_GUARANTEE,
            IMSessionConstants.DIRECTION, IMSessionConstants.FILE_NAME, IMSessionConstants.FILTERED,
            IMSessionConstants.GAP, IMSessionConstants.ID, IMSessionConstants.IDENTITY_MISMATCH,
            IMSessionConstants.INVALID_REASON, IMSessionConstants.MESSAGE_TIMESTAMP, IMSessionConstants.MESSAGE_TYPE,
            IMSessionConstants.NOTIFICATION_TYPE, IMSessionConstants.NUMBER, IMSessionConstants.ORIGIN,
            IMSessionConstants.PATH, IMSessionConstants.PREVIOUS_STATE, IMSessionConstants.REDELIVERED,
            IMSessionConstants.SEQUENCE, IMSessionConstants.SERVER_URL, IMSessionConstants.STATE)
            .stream().sorted(String.CASE_INSENSITIVE_ORDER)
            .toList();
    private static final Map<String, Integer> PLACES = Map.copyOf(IntStream.range(0, NAMES.size()).boxed()
            .collect(Collectors.toMap(NAMES::get, place -> place)));

    private final Object[] values = new Object[NAMES.size()];
    private int size;

    /**
     * Sets a header.
     *
     * @param name  one of the headers that an event can have
     * @param value a text, number or boolean, for JMS and HTTP drop anything else; not null
     */
    void set(String name, Object value) {
        int place = PLACES.get(name);
        size += values[place] == null ? 1 : 0;
        values[place] = value;
    }

    void setUnlessEmpty(String name, String value) {
        if (!value.isEmpty()) {
            set(name, value);
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {

            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, Object>> {

        private int next;

        @Override
        public boolean hasNext() {
            while (next < values.length && values[next] == null) {
                next++;
            }
            return next < values.length;
        }

        @Override
        public Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return Map.entry(NAMES.get(next), values[next++]);
        }
    }

    @Override
    public Comparator<? super String> comparator() {
        return String.CASE_INSENSITIVE_ORDER;
    }

    @Override
    public SortedMap<String, Object> subMap(String from, String to) {
        throw new UnsupportedOperationException("to be taken over as a whole");
    }

    @Override
    public SortedMap<String, Object> headMap(String to) {
        throw new UnsupportedOperationException("to be taken over as a whole");
    }

    @Override
    public SortedMap<String, Object> tailMap(String from) {
        throw new UnsupportedOperationException("to be taken over as a whole");
    }

    @Override
    public String firstKey() {
        return entrySet().iterator().next().getKey();
    }

    @Override
    public String lastKey() {
        String last = null;
        for (String name : keySet()) {
            last = name;
        }
        if (last == null) {
            throw new NoSuchElementException();
        }
        return last;
    }
}
