package org.imsession.simulator.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A recorded feed: what a server answered to the agents of one process, in the order in which it came.
 *
 * @param answers the answers
 */
public record Recording(List<RecordedAnswer> answers) {

    public Recording {
        answers = List.copyOf(answers);
    }

    /**
     * Reads a file. A last line that is not whole, as a recorder leaves it that was killed, is passed over.
     *
     * @param file the file
     * @return what it has
     * @throws IllegalArgumentException naming the file, the line and what to do
     */
    public static Recording read(Path file) {
        List<RecordedAnswer> answers = new ArrayList<>();
        int number = 1;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String line = lines.readLine();
            RecordingFormat.checkFirst(line == null ? "" : line);
            line = lines.readLine();
            while (line != null) {
                number++;
                String next = lines.readLine();
                if (next != null || line.endsWith("}")) {
                    answers.add(RecordingFormat.answer(line));
                }
                line = next;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Line " + number + " of the recording " + file + " cannot be read: "
                    + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("The recording " + file + " is not there; correct its name", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The recording " + file + " cannot be read as text (" + e
                    + "); give a file of UTF-8 that this user may read", e);
        }
        return new Recording(answers);
    }

    /**
     * The agents.
     *
     * @return the names that the recording gives them, in the order of their first answers
     */
    public List<String> agents() {
        return answers.stream().map(RecordedAnswer::agent).filter(name -> !name.isEmpty()).distinct().toList();
    }
}
