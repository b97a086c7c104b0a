package org.imsession.simulator;

import java.nio.file.Path;
import java.util.Optional;
import org.imsession.simulator.recording.Recording;
import org.imsession.simulator.replay.Replay;
import org.imsession.simulator.settings.GwsSettings;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A simulated GWS as a JUnit 5 extension: as a static field with {@code @RegisterExtension} one server for all tests of
 * the class, as an instance field a new one for each test. After each test the fault script is cleared; agents, IM
 * sessions and the record of requests of a static one stay.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final GwsSimulator gws = GwsSimulator.create().agent("alice", "secret");
 *
 * gws.agent("alice").session().says("Hello");
 * }</pre>
 *
 * <p>This class needs {@code junit-jupiter-api}; {@link GwsServer} does not.
 */
public final class GwsSimulator extends GwsServer
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    private int classes;

    private GwsSimulator(GwsSettings settings) {
        super(settings);
    }

    private GwsSimulator(GwsSettings settings, Replay replay) {
        super(settings, Optional.of(replay));
    }

    /**
     * A simulator with default settings.
     *
     * @return the extension
     */
    public static GwsSimulator create() {
        return create(GwsSettings.defaults());
    }

    /**
     * A simulator.
     *
     * @param settings its settings
     * @return the extension
     */
    public static GwsSimulator create(GwsSettings settings) {
        return new GwsSimulator(settings);
    }

    /**
     * A simulator that plays a recording, as fast as it is taken: see {@link GwsServer#replaying}.
     *
     * @param file a file that a {@link org.imsession.simulator.recorder.Recorder} has written
     * @return the extension
     * @throws IllegalArgumentException naming what in the file cannot be read
     */
    public static GwsSimulator replaying(Path file) {
        return new GwsSimulator(GwsSettings.defaults(), new Replay(Recording.read(file), true));
    }

    @Override
    public GwsSimulator agent(String name, String password) {
        super.agent(name, password);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        classes++;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        faults().clear();
        if (classes == 0) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        classes--;
        if (classes == 0) {
            stop();
        }
    }
}
