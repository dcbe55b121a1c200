package io.github.jasyncio.programs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A framework of OSGi, with the bundle of core and that of an application. */
public final class InOsgi {

    private InOsgi() {}

    /** Wants the framework's directory, core's jar, the application's jar, and the class in it whose main method is to be called. */
    public static void main(String[] arguments) throws Exception {
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).iterator().next();
        Framework framework = factory.newFramework(
                Map.of("org.osgi.framework.storage", arguments[0], "org.osgi.framework.storage.clean", "onFirstInit"));
        framework.start();
        Bundle core = install(framework, arguments[1]);
        Bundle application = install(framework, arguments[2]);
        core.start();
        application.start();
        application.loadClass(arguments[3]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        framework.stop();
        framework.waitForStop(0);
        System.exit(0); // a framework may leave threads behind
    }

    private static Bundle install(Framework framework, String jar) throws IOException {
        try {
            return framework
                    .getBundleContext()
                    .installBundle(Path.of(jar).toUri().toString());
        } catch (BundleException e) {
            throw new IOException(jar, e);
        }
    }
}
