package org.imsession.camel.osgi;

/**
 * Waits for the end of the bundle that a class came in. A container that removes or replaces a bundle asks nobody who
 * still uses its objects: they go on with classes that are no longer there.
 */
public interface BundleWatch extends AutoCloseable {

    /**
     * Calls back when the bundle of a class stops: on the thread that stops it, before its classes go, and once.
     *
     * @param type the class, not {@code null}
     * @param task what is to be done then, not {@code null}; the container waits for it
     * @return ends the watch; never {@code null}, outside of OSGi a watch that sees nothing
     */
    static BundleWatch on(Class<?> type, Runnable task) {
        try {
            return FrameworkWatch.begin(type, task);
        } catch (NoClassDefFoundError e) { // the API of OSGi is not there
            return () -> { };
        }
    }

    /** Ends the watch; nothing is called back any more. Safe at any time, on any thread. */
    @Override
    void close();
}
