package org.imsession.camel.files;

import java.io.IOException;
import java.nio.file.Path;
import org.imsession.camel.model.LogText;

/** A file or folder that is to be this user's alone is not; the message says what to do. */
public final class ForeignFileException extends IOException {

    private static final long serialVersionUID = 1L;

    ForeignFileException(Path file, String why) {
        super(LogText.line(file.toAbsolutePath() + " " + why)); // another user may have named it
    }
}
