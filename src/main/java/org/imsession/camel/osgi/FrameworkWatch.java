package org.imsession.camel.osgi;

import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.SynchronousBundleListener;

/** A watch in an OSGi framework: a synchronous listener hears of STOPPING while the classes are whole. */
final class FrameworkWatch implements BundleWatch, SynchronousBundleListener {

    private final BundleContext framework;
    private final Bundle own;
    private final Runnable task;
    private final AtomicBoolean over = new AtomicBoolean();

    private FrameworkWatch(Bundle own, Runnable task) {
        this.framework = own.getBundleContext();
        this.own = own;
        this.task = task;
    }

    static BundleWatch begin(Class<?> type, Runnable task) {
        Bundle own = FrameworkUtil.getBundle(type);
        if (own == null || own.getBundleContext() == null) { // a class path, or a bundle that was never started
            return () -> { };
        }
        FrameworkWatch watch = new FrameworkWatch(own, task);
        watch.framework.addBundleListener(watch);
        return watch;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && own.equals(event.getBundle())
                && over.compareAndSet(false, true)) {
            task.run();
        }
    }

    @Override
    public void close() {
        over.set(true);
        try {
            framework.removeBundleListener(this);
        } catch (IllegalStateException e) {
            // the bundle has stopped, and its listeners with it
        }
    }
}
