package io.github.jasyncio.debug;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that brings the runtime along, and has been in debug mode, is unloaded when its container lets go of it. */
class UnloadingTest {

    private static final int APPLICATIONS = 5;

    /** All applications log to the same logger, which is the JDK's; what they are told of is not the matter here. */
    private final Logged log = new Logged();

    @AfterEach
    void close_log() {
        log.close();
    }

    /** Until the collector has found them: if they were pinned this would not end. */
    @ParameterizedTest
    @ValueSource(strings = {"runs", "leavesOpen", "drops"})
    @Timeout(60)
    void the_class_loader_becomes_garbage(String what) throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < APPLICATIONS; i++) {
            loaders.add(new WeakReference<>(runIn(new ContainerLoader(), what)));
        }

        while (loaders.stream().anyMatch(loader -> !loader.refersTo(null))) {
            System.gc();
            Thread.sleep(10); // so that the limit can end it
        }
    }

    @Test
    void the_test_loads_the_runtime_again() throws Exception {
        assertThat(runIn(new ContainerLoader(), "runs")).isNotNull();
        assertThat(Class.forName("io.github.jasyncio.EventLoop", false, new ContainerLoader()))
                .isNotSameAs(io.github.jasyncio.EventLoop.class);
    }

    private static ClassLoader runIn(ClassLoader container, String what) throws Exception {
        Class<?> application = Class.forName(Application.class.getName(), true, container);
        assertThat(application.getClassLoader()).isSameAs(container);
        Thread thread = new Thread(() -> {
            try {
                application.getDeclaredMethod(what).invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setContextClassLoader(container);
        List<Throwable> failures = new ArrayList<>();
        thread.setUncaughtExceptionHandler((failed, failure) -> failures.add(failure));
        thread.start();
        thread.join();
        assertThat(failures).isEmpty();
        return container;
    }

    /** Has all classes of the test's own. */
    private static final class ContainerLoader extends URLClassLoader {

        ContainerLoader() {
            super(urls(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] urls() {
            return Arrays.stream(requireNonNull(System.getProperty("java.class.path"))
                            .split(File.pathSeparator))
                    .map(ContainerLoader::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
