package org.imsession.demo;

import java.io.Console;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * Prints lines, none of which wraps in a terminal of 80 columns. A line can be rewritten in its place, where there is a
 * terminal that can do that. Safe for use by several threads.
 */
final class Screen {

    /** A line of all 80 wraps in some terminals. */
    static final int COLUMNS = 79;
    /** Lines that every terminal still shows; what has gone up out of it cannot be rewritten. */
    private static final int REACH = 16;
    private static final String CUT = "...";
    private static final String ESCAPE = "\u001b[";

    /** How a part of a line looks, where there are colours; by the numbers of ECMA-48. */
    enum Look {
        PLAIN(0), BOLD(1), FAINT(2), GREEN(32), MAGENTA(35), CYAN(36);

        private final int number;

        Look(int number) {
            this.number = number;
        }
    }

    /**
     * A part of a line.
     *
     * @param look its look
     * @param text its text; a control character is shown as a space
     */
    record Part(Look look, String text) {
        static Part of(String text) {
            return new Part(Look.PLAIN, text);
        }
    }

    private final PrintStream out;
    private final boolean rewrites;
    private final boolean colours;
    private long lines;
    /** The first line that has only lines of ours behind it. */
    private long first;

    private Screen(PrintStream out, boolean rewrites, boolean colours) {
        this.out = out;
        this.rewrites = rewrites;
        this.colours = colours;
    }

    /** With what a terminal can do, if it is one, by the usual variables: {@code TERM=dumb} can nothing. */
    static Screen of(PrintStream out, boolean terminal, Map<String, String> environment) {
        boolean able = terminal && !"dumb".equals(environment.get("TERM"));
        return new Screen(out, able, able && environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    /** Whether somebody looks at what this process prints. */
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true; // before Java 22 there is a console for a terminal only
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Whether {@link #rewrite} can do anything. */
    boolean rewrites() {
        return rewrites;
    }

    /** Prints a line; returns its number, by which it can be rewritten. */
    synchronized long print(Part... parts) {
        out.println(rendered(parts));
        return lines++;
    }

    /** Prints lines as they are. */
    synchronized void print(String text) {
        text.lines().forEach(line -> print(Part.of(line)));
    }

    /** Gives a line another text; false if it is out of reach. */
    synchronized boolean rewrite(long line, Part... parts) {
        long up = lines - line;
        if (!rewrites || line < first || up > REACH) {
            return false;
        }
        out.print(ESCAPE + up + "A\r" + rendered(parts) + ESCAPE + "K" + ESCAPE + up + "B\r");
        out.flush();
        return true;
    }

    /** A stream to the same terminal: what is printed there moves the lines up by nobody knows how much. */
    PrintStream beside(PrintStream other) {
        return new PrintStream(new OutputStream() {
            @Override
            public void write(int each) {
                write(new byte[] { (byte) each }, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                synchronized (Screen.this) {
                    first = lines;
                    other.write(bytes, from, length);
                    other.flush();
                }
            }
        }, true);
    }

    private String rendered(Part... parts) {
        StringBuilder line = new StringBuilder();
        int room = COLUMNS;
        for (Part part : parts) {
            String text = cut(part.text().replaceAll("\\p{Cntrl}", " "), room);
            room -= text.length();
            line.append(colours && part.look() != Look.PLAIN
                    ? ESCAPE + part.look().number + "m" + text + ESCAPE + "0m" : text);
        }
        return line.toString();
    }

    /** A text that is no longer than that, with three dots for what does not fit. */
    static String cut(String text, int length) {
        int dots = Math.min(length, CUT.length());
        return text.length() <= length ? text : text.substring(0, length - dots) + CUT.substring(0, dots);
    }
}
