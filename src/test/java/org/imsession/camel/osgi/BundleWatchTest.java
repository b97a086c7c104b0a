package org.imsession.camel.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** The end of the own bundle is heard of in a real framework, and nothing is missing where there is none. */
class BundleWatchTest {

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void theEndOfTheBundleIsToldOnce(@TempDir Path storage) throws Exception {
        withOwnBundle(storage, own -> {
            watch(own.loadClass(BundleWatch.class.getName()));
            own.stop();
            assertThat(calls).hasValue(1);
            own.start();
            own.stop();
            assertThat(calls).hasValue(1);
        });
    }

    @Test
    void nothingIsToldAfterTheWatchHasEnded(@TempDir Path storage) throws Exception {
        withOwnBundle(storage, own -> {
            AutoCloseable watch = watch(own.loadClass(BundleWatch.class.getName()));
            watch.close();
            own.stop();
            assertThat(calls).hasValue(0);
            watch.close(); // the bundle has stopped, and with it all listeners
        });
    }

    @Test
    void onAClassPathThereIsNothingToWatch() {
        BundleWatch watch = BundleWatch.on(BundleWatchTest.class, calls::incrementAndGet);
        watch.close();
        assertThat(calls).hasValue(0);
    }

    @Test
    void withoutTheApiOfOsgiThereIsNothingToWatch() throws Exception {
        URL classes = BundleWatch.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader noOsgi = new URLClassLoader(new URL[] { classes }, ClassLoader.getPlatformClassLoader())) {
            watch(noOsgi.loadClass(BundleWatch.class.getName())).close();
        }
        assertThat(calls).hasValue(0);
    }

    private interface Step {
        void with(Bundle own) throws Exception;
    }

    private static void withOwnBundle(Path storage, Step step) throws Exception {
        Framework framework = new FrameworkFactory().newFramework(
                Map.of(Constants.FRAMEWORK_STORAGE, storage.toString(), "felix.log.level", "0"));
        framework.start();
        try {
            Bundle own = framework.getBundleContext().installBundle("own", bundle());
            own.start();
            step.with(own);
        } finally {
            framework.stop();
            framework.waitForStop(TimeUnit.SECONDS.toMillis(20));
        }
    }

    /** The package alone: a bundle of the whole jar would need all of Camel in the framework. */
    private static InputStream bundle() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, "own");
        manifest.getMainAttributes().putValue(Constants.IMPORT_PACKAGE, "org.osgi.framework");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Class<?> type : List.of(BundleWatch.class, FrameworkWatch.class)) {
                String entry = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(jar);
                }
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    /** By reflection, for in a bundle it is another class than here. */
    private AutoCloseable watch(Class<?> type) throws ReflectiveOperationException {
        Method on = type.getMethod("on", Class.class, Runnable.class);
        return (AutoCloseable) on.invoke(null, type, (Runnable) calls::incrementAndGet);
    }
}
