package org.imsession.camel.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.imsession.camel.files.FileRights;
import org.imsession.camel.files.SecretFile;
import org.imsession.camel.model.LogText;
import org.imsession.camel.spi.AgentDirectory;
import org.imsession.camel.spi.Roster;
import org.imsession.camel.spi.UnavailableException;
import org.imsession.camel.text.ShownFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents of a team in a file of lines {@code agent=password}, in UTF-8 and otherwise as
 * {@link java.util.Properties#load(java.io.Reader)} takes them. The file is looked at now and then, because the file
 * systems that such files are mounted from do not all tell of changes; what counts is its content. A change counts
 * when it was the same twice, so that one who is still writing is not read; replacing the file by another of the name
 * is better all the same. What cannot be read leaves everything as it is, with the problem told; so does a disk that
 * does not answer, which holds up no other file.
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
    private final PlaceholderLookup placeholders;
    private final Duration longestLook;

    /**
     * Nothing is read yet.
     *
     * @param file             the file
     * @param readableByOthers whether it may be used even if other users can read it (POSIX)
     * @param interval         how often to look at it
     * @param timer            says when to look; is never blocked
     * @param threads          where to look, one task at a time and one more while that hangs; may be blocked
     * @param placeholders     looks up what stands for passwords
     */
    public AgentsFile(Path file, boolean readableByOthers, Duration interval, ScheduledExecutorService timer,
                      Executor threads, PlaceholderLookup placeholders) {
        this(file, readableByOthers, interval, timer, threads, placeholders, LONGEST_LOOK);
    }

    AgentsFile(Path file, boolean readableByOthers, Duration interval, ScheduledExecutorService timer,
               Executor threads, PlaceholderLookup placeholders, Duration longestLook) {
        this.file = file.toAbsolutePath().normalize();
        this.readableByOthers = readableByOthers;
        this.interval = interval;
        this.timer = timer;
        this.threads = threads;
        this.placeholders = placeholders;
        this.longestLook = longestLook;
    }

    @Override
    public Registration follow(Listener listener) {
        Watch watch = new Watch(listener);
        watch.begin();
        ScheduledFuture<?> looks = timer.scheduleWithFixedDelay(watch::due, interval.toMillis(), interval.toMillis(),
                TimeUnit.MILLISECONDS);
        return () -> {
            looks.cancel(false);
            watch.closed = true;
        };
    }

    @Override
    public String toString() {
        return LogText.line("agents file " + file);
    }

    private final class Watch {

        private final Listener listener;
        private volatile boolean looking;
        private volatile boolean saying;
        private volatile boolean closed;
        private volatile Roster last = Roster.NOBODY; // written by tell() only, and read there for what follows from it
        // by the timer only
        private long hangs; // how many times a look was due while another one hung
        private boolean refused;
        // by one look at a time
        private ByteBuffer taken; // compared by content
        private ByteBuffer before;
        private int looks;

        Watch(Listener listener) {
            this.listener = listener;
        }

        /** Only the disk is waited for elsewhere: the listener hears the first roster from whoever starts. */
        void begin() {
            FutureTask<byte[]> first = new FutureTask<>(() -> {
                taken = lookAt();
                before = taken;
                return text(taken);
            });
            threads.execute(first);
            last = read(await(first), last);
            listener.roster(last);
        }

        /** Called by the timer. */
        void due() {
            if (!looking) {
                looking = true;
                hangs = 0;
                if (!begun(this::look)) {
                    looking = false;
                }
            } else if (interval.multipliedBy(++hangs).compareTo(longestLook) >= 0 && !saying) {
                saying = true;
                if (!begun(this::hangs)) {
                    saying = false;
                }
            }
        }

        /** A thread may not be had for a while; whatever is thrown would end all looks. */
        private boolean begun(Runnable task) {
            try {
                threads.execute(task);
            } catch (RuntimeException | Error e) {
                if (!refused && !closed) {
                    LOG.warn("IMS-012 The agents file {} cannot be looked at for want of a thread, and is tried again;"
                            + " the agents of before are followed on: {}", LogText.line(file.toString()),
                            LogText.line(e.toString()));
                }
                refused = true;
                return false;
            }
            refused = false;
            return true;
        }

        private void hangs() {
            try {
                tell(now -> looking ? now.because(hanging()) : now);
            } finally {
                saying = false;
            }
        }

        private void look() {
            try {
                Optional<Roster> found = check();
                answer(now -> found.orElse(now.because("")));
            } catch (UnavailableException e) {
                answer(now -> now.because(e.getMessage()));
            } catch (RuntimeException | Error e) { // else nobody would ever look again
                LOG.error("IMS-903 The agents of {} could not be told; please report this",
                        LogText.line(file.toString()), ShownFailure.of(e));
            } finally {
                looking = false;
            }
        }

        /** What is to be told, if the file is another one than before. */
        private Optional<Roster> check() {
            ByteBuffer now = lookAt();
            looks++;
            boolean changed = !now.equals(taken) && now.equals(before);
            before = now;
            if (changed || !last.rejected().isEmpty() && now.equals(taken) && looks % LOOKS_BEFORE_ANOTHER_TRY == 0) {
                Roster next = read(text(now), last);
                taken = now;
                return Optional.of(next);
            }
            return Optional.empty();
        }

        private synchronized void answer(UnaryOperator<Roster> step) {
            looking = false; // before somebody says that it hangs
            tell(step);
        }

        /** Derived and told in one step, else what another thread tells in between would be taken back. */
        private synchronized void tell(UnaryOperator<Roster> step) {
            Roster next = step.apply(last);
            if (!closed && !next.equals(last)) {
                last = next;
                listener.roster(next);
            }
        }
    }

    private byte[] await(FutureTask<byte[]> first) {
        try {
            return first.get(longestLook.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } catch (TimeoutException e) {
            throw new UnavailableException(hanging());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("The start was interrupted while the agents file " + file + " was read;"
                    + " start again");
        } finally {
            first.cancel(true);
        }
    }

    private String hanging() {
        return "The agents file " + file + " has not answered for " + longestLook.toSeconds() + " s; look at the disk"
                + " or the network that it is on";
    }

    private ByteBuffer lookAt() {
        try {
            refuseIfOpen();
            return ByteBuffer.wrap(SecretFile.read(file));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private byte[] text(ByteBuffer content) {
        if (content.remaining() == 0) {
            throw new UnavailableException("The agents file " + file + " is empty; a team without agents is a file"
                    + " with a comment in it");
        }
        return content.array();
    }

    private Roster read(byte[] text, Roster before) {
        return AgentsFileReader.read(file.getFileName().toString(), text, placeholders, before);
    }

    private UnavailableException unreadable(IOException e) {
        return new UnavailableException("The agents file " + file
                + (e instanceof NoSuchFileException ? " does not exist; make it, or correct its name"
                : " cannot be read (" + (e.getClass() == IOException.class ? e.getMessage()
                : e.getClass().getSimpleName()) + "); give the user of this process the right"));
    }

    private void refuseIfOpen() throws IOException {
        Optional<String> problem = FileRights.ofThisUser().problem(file, readableByOthers);
        if (problem.isPresent()) {
            throw new UnavailableException("The agents file " + file + " is not used, because it " + problem.get()
                    + (readableByOthers ? "" : ". allowReadableAgentsFile=true lets others read it, if it holds no"
                            + " secrets or its folder is closed"));
        }
    }
}
