package io.github.jasyncio.transform.injection;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a library's own test classes, as one loader sees them, and says how each test came out. */
final class LibraryTests {

    private LibraryTests() {}

    /** The names of the test classes in a jar, as Maven tells them. */
    static List<String> in(URL jar) throws IOException {
        try (JarFile file = new JarFile(new File(jar.getPath()))) {
            return file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith("Test.class") || name.endsWith("TestCase.class"))
                    .filter(name -> !name.contains("$"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    /** Test id to "SUCCESSFUL", "FAILED ..." and so on. */
    static Map<String, String> run(ClassLoader loader, List<String> testClasses) throws ClassNotFoundException {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String testClass : testClasses) {
            request.selectors(DiscoverySelectors.selectClass(loader.loadClass(testClass)));
        }
        return run(loader, request.build());
    }

    private static Map<String, String> run(ClassLoader loader, LauncherDiscoveryRequest request) {
        Map<String, String> outcomes = new TreeMap<>();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                    outcomes.put(
                            test.getUniqueId(),
                            result.getStatus()
                                    + result.getThrowable()
                                            .map(LibraryTests::describe)
                                            .orElse(""));
                }
            }

            @Override
            public void executionSkipped(TestIdentifier test, String reason) {
                outcomes.put(test.getUniqueId(), "SKIPPED");
            }
        };
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            LauncherConfig config = LauncherConfig.builder()
                    .enableTestExecutionListenerAutoRegistration(false)
                    .build();
            LauncherFactory.create(config).execute(request, listener);
        } finally {
            thread.setContextClassLoader(before);
        }
        return outcomes;
    }

    private static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(" ").append(failure);
        for (StackTraceElement element : failure.getStackTrace()) {
            if (element.getClassName().startsWith("org.apache")
                    || element.getClassName().startsWith("io.github")) {
                text.append("\n        at ").append(element);
            }
        }
        return text.toString();
    }
}
