package org.imsession.camel.conversation.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.imsession.camel.model.LogText;

/**
 * A step that makes a table for people of the rows of a database, the body: each column as wide as it has to be,
 * numbers to the right, and words of others on one line and without what steers a terminal. As a bean:
 *
 * <pre>
 * camel.beans.table = #class:org.imsession.camel.conversation.route.RowsAsTable
 * camel.beans.table.columns = agent, first_number = first
 * </pre>
 */
public class RowsAsTable implements Processor {

    private static final String SPACE = "  ";

    private final Map<String, String> columns = new LinkedHashMap<>();

    /**
     * The columns, in order: the name that a row has for it, and if people are to be told another one, that behind an
     * equals sign.
     *
     * @param columns separated by commas; not {@code null}
     */
    public void setColumns(String columns) {
        this.columns.clear();
        for (String column : columns.split(",")) {
            String[] names = column.split("=", 2);
            this.columns.put(names[0].strip(), names[names.length - 1].strip());
        }
    }

    public String getColumns() {
        return String.join(",", columns.keySet());
    }

    /** @throws IllegalArgumentException if the body is no list of rows */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        if (!(message.getBody() instanceof List<?> rows)) {
            throw new IllegalArgumentException("The body is no list of rows");
        }
        List<String[]> lines = new ArrayList<>();
        lines.add(columns.values().toArray(String[]::new));
        boolean[] number = new boolean[columns.size()];
        for (Object row : rows) {
            lines.add(line((Map<?, ?>) row, number));
        }
        message.setBody(text(lines, number));
    }

    private String[] line(Map<?, ?> row, boolean[] number) {
        String[] line = new String[columns.size()];
        int at = 0;
        for (String column : columns.keySet()) {
            Object value = row.get(column);
            number[at] |= value instanceof Number;
            line[at++] = value == null ? "" : LogText.line(value.toString());
        }
        return line;
    }

    private static String text(List<String[]> lines, boolean[] number) {
        int[] widths = new int[number.length];
        for (String[] line : lines) {
            Arrays.setAll(widths, at -> Math.max(widths[at], width(line[at])));
        }
        StringBuilder text = new StringBuilder();
        for (String[] line : lines) {
            StringBuilder row = new StringBuilder();
            for (int at = 0; at < line.length; at++) {
                String space = " ".repeat(widths[at] - width(line[at]));
                row.append(at == 0 ? "" : SPACE).append(number[at] ? space + line[at] : line[at] + space);
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
