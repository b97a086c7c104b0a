package org.imsession.camel.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.imsession.camel.files.FileRights;
import org.imsession.camel.model.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the body of each exchange as a line to a file: whole, and on the disk when the exchange goes on, or not at
 * all. What a full disk has taken of a line is cut off at once, and what a killed process has left of one before the
 * next line; its event had not ended, and comes again. As a bean, and as a step of a route, instead of a file endpoint
 * that appends:
 *
 * <pre>
 * camel.beans.lines = #class:org.imsession.camel.store.LineFiles
 * camel.beans.lines.folder = data/im
 * </pre>
 *
 * The header CamelFileName names the file, below the folder. Folder and files are made for this user alone (0700,
 * 0600), see {@link PrivateFolders}. One process at a time writes to a folder. Safe for use by several threads.
 */
public class LineFiles implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(LineFiles.class);
    private static final int BLOCK = 8192;
    private static final int LOCKS = 64;

    private final Object[] locks = IntStream.range(0, LOCKS).mapToObj(each -> new Object()).toArray();
    private String folder;

    /**
     * Makes and checks the folder, at once: a bean is there before routes start.
     *
     * @param folder the path of one folder; not {@code null}
     * @throws IllegalArgumentException if it cannot be had, with what to do
     */
    public void setFolder(String folder) {
        if (folder.isBlank() || folder.contains(",")) {
            throw new IllegalArgumentException("Lines are written below one folder; set the property folder (" + folder
                    + ")");
        }
        this.folder = folder.strip();
        new PrivateFolders().setFolders(this.folder);
    }

    public String getFolder() {
        return folder;
    }

    /**
     * Appends the body.
     *
     * @throws IOException              if it cannot be written, or the file is another's or a link
     * @throws IllegalArgumentException if there is no such header or no folder, or the body is more than one line
     */
    @Override
    public void process(Exchange exchange) throws Exception {
        append(exchange, exchange.getMessage().getMandatoryBody(byte[].class));
    }

    final void append(Exchange exchange, byte[] text) throws IOException {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        if (name == null || folder == null) {
            throw new IllegalArgumentException("A line goes into a file below a folder; set the folder of this bean ("
                    + folder + ") and the header " + Exchange.FILE_NAME + " (" + name + ")");
        }
        byte[] line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        if (new String(text, StandardCharsets.ISO_8859_1).indexOf('\n') >= 0) {
            throw new IllegalArgumentException("The body for " + LogText.escape(name) + " is more than one line;"
                    + " convert it to JSON, which escapes line breaks");
        }
        Path file = Path.of(folder).resolve(name).normalize();
        synchronized (locks[Math.floorMod(file.hashCode(), LOCKS)]) {
            FileRights.ofThisUser().makeFile(Path.of(folder), name);
            append(file, line);
        }
    }

    private static void append(Path file, byte[] line) throws IOException {
        long end = cutHalfLine(file);
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(line);
            out.getFD().sync();
        } catch (IOException e) {
            try (RandomAccessFile there = new RandomAccessFile(file.toFile(), "rw")) {
                there.setLength(end);
            } catch (IOException again) {
                e.addSuppressed(again); // the next line cuts it
            }
            throw e;
        }
    }

    /** What stands behind the last line break was being written when a process died. */
    private static long cutHalfLine(Path file) throws IOException {
        try (RandomAccessFile there = new RandomAccessFile(file.toFile(), "rw")) {
            long end = there.length();
            long whole = endOfLastLine(there, end);
            if (whole < end) {
                LOG.warn("IMS-023 {} ends with half a line of {} bytes, which is removed: its event had not ended, and"
                        + " comes again", LogText.escape(file.toString()), end - whole);
                there.setLength(whole);
            }
            return whole;
        }
    }

    private static long endOfLastLine(RandomAccessFile file, long end) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long rest = end; rest > 0;) {
            int length = (int) Math.min(rest == end ? 1 : BLOCK, rest); // most files end well
            rest -= length;
            file.seek(rest);
            file.readFully(block, 0, length);
            for (int at = length - 1; at >= 0; at--) {
                if (block[at] == '\n') {
                    return rest + at + 1;
                }
            }
        }
        return 0;
    }
}
