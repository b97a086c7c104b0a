package org.imsession.camel.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.imsession.camel.gws.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents of a team in a file of lines {@code agent=password}, in UTF-8 and otherwise as
 * {@link java.util.Properties#load(java.io.Reader)} takes them. The file is looked at now and then, because the file
 * systems that such files are mounted from do not all tell of changes. A change counts when the file was the same
 * twice, so that one who is still writing is not read; replacing the file by another of the name is better all the
 * same. What cannot be read leaves everything as it is, with the problem told; so does a disk that does not answer,
 * which holds up no other file.
 */
public final class AgentsFile implements AgentDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(AgentsFile.class);
    /** How many looks lie between two attempts to look up again what could not be looked up. */
    private static final int LOOKS_BEFORE_ANOTHER_TRY = 30;
    /** After that a look is said to hang; vaults, which may be asked in it, have a limit of their own. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

    private final Path file;
    private final boolean readableByOthers;
    private final Duration interval;
    private final ScheduledExecutorService timer;
    private final Executor threads;
    private final Placeholders placeholders;

    /**
     * Nothing is read yet.
     *
     * @param file             the file
     * @param readableByOthers whether it may be used even if other users can read or write it (POSIX)
     * @param interval         how often to look at it
     * @param timer            says when to look; is never blocked
     * @param threads          where to look, one task at a time and one more while that hangs; may be blocked
     * @param placeholders     looks up what stands for passwords
     */
    public AgentsFile(Path file, boolean readableByOthers, Duration interval, ScheduledExecutorService timer,
                      Executor threads, Placeholders placeholders) {
        this.file = file.toAbsolutePath().normalize();
        this.readableByOthers = readableByOthers;
        this.interval = interval;
        this.timer = timer;
        this.threads = threads;
        this.placeholders = placeholders;
    }

    @Override
    public Registration follow(Listener listener) {
        Watch watch = new Watch(listener);
        watch.begin();
        ScheduledFuture<?> looks = timer.scheduleWithFixedDelay(watch::due, interval.toMillis(), interval.toMillis(),
                TimeUnit.MILLISECONDS);
        return () -> looks.cancel(false);
    }

    @Override
    public String toString() {
        return "agents file " + file;
    }

    /** What tells one state of the file from another without reading it. */
    private record Look(Object time, long size, Object key) {
    }

    /** Why the file cannot be used, said for an operator. */
    private static final class Unusable extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    private final class Watch {

        private final Listener listener;
        private volatile Roster last = Roster.NOBODY;
        private volatile boolean looking;
        private long hangs; // how many times a look was due while another one hung; by the timer only
        // by one look at a time
        private Look taken;
        private Look before;
        private int looks;

        Watch(Listener listener) {
            this.listener = listener;
        }

        void begin() {
            taken = lookAt();
            before = taken;
            tell(read(last));
        }

        /** Called by the timer. */
        void due() {
            if (!looking) {
                looking = true;
                hangs = 0;
                threads.execute(this::look);
            } else if (interval.multipliedBy(++hangs).compareTo(LONGEST_LOOK) >= 0) {
                threads.execute(this::hangs);
            }
        }

        private void hangs() {
            String why = "The agents file " + file + " has not answered for " + LONGEST_LOOK.toSeconds() + " s; look at"
                    + " the disk or the network that it is on";
            if (looking && !last.problem().equals(why)) {
                tell(last.because(why));
            }
        }

        private void look() {
            try {
                check();
                if (!last.problem().isEmpty()) {
                    tell(last.because(""));
                }
            } catch (Unusable e) {
                if (!last.problem().equals(e.getMessage())) {
                    tell(last.because(e.getMessage()));
                }
            } catch (RuntimeException | Error e) { // else nobody would ever look again
                LOG.error("IMS-903 The agents of {} could not be told; please report this", file, e);
            } finally {
                looking = false;
            }
        }

        private void check() {
            Look now = lookAt();
            looks++;
            boolean changed = !now.equals(taken) && now.equals(before);
            before = now;
            if (changed || !last.rejected().isEmpty() && now.equals(taken) && looks % LOOKS_BEFORE_ANOTHER_TRY == 0) {
                Roster next = read(last);
                taken = now;
                if (!next.equals(last)) {
                    tell(next);
                }
            }
        }

        private synchronized void tell(Roster next) {
            last = next;
            listener.roster(next);
        }
    }

    private Look lookAt() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            refuseIfOpen();
            return new Look(now.lastModifiedTime(), now.size(), now.fileKey());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Roster read(Roster before) {
        try {
            byte[] text = Files.readAllBytes(file);
            if (text.length == 0) {
                throw new Unusable("The agents file " + file + " is empty; a team without agents is a file with a"
                        + " comment in it");
            }
            return AgentLines.read(file.getFileName().toString(), text, placeholders, before);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Unusable unreadable(IOException e) {
        return new Unusable("The agents file " + file + (e instanceof NoSuchFileException ? " does not exist"
                : " cannot be read (" + e.getClass().getSimpleName() + "); give the user of this process the right"));
    }

    private void refuseIfOpen() throws IOException {
        if (!readableByOthers && OwnerOnly.isOpenToOthers(file)) {
            throw new Unusable("The agents file " + file + " can be read or written by other users and is not used; run"
                    + " chmod 600 " + file + ", or set allowReadableAgentsFile=true if it holds no secrets or its"
                    + " folder is closed");
        }
    }
}
