package io.github.jasyncio.testing.junit;

import io.github.jasyncio.testing.AsyncTest;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Notices that a test class was not rewritten: then an async test has run as an ordinary method, and waited for nothing. */
final class Rewriting {

    private Rewriting() {}

    static void check(boolean hasRun, ExtensionContext context) {
        if (!hasRun
                && context.getTestMethod()
                        .filter(method -> AnnotationSupport.isAnnotated(method, AsyncTest.class))
                        .isPresent()) {
            String test = context.getRequiredTestClass().getName() + "."
                    + context.getRequiredTestMethod().getName();
            throw new IllegalStateException(
                    test + " has not been rewritten, so it ran as an ordinary method and on no loop." + """

                      Rewrite the test classes: with Maven by the goal transform-tests of jasyncio-maven-plugin,
                          <plugin>
                            <groupId>io.github.jasyncio</groupId>
                            <artifactId>jasyncio-maven-plugin</artifactId>
                            <executions><execution><goals>
                              <goal>transform</goal>
                              <goal>transform-tests</goal>
                            </goals></execution></executions>
                          </plugin>
                      with javac by -Xplugin:jasyncio and jasyncio-agent.jar on the processor path,
                      or when they are loaded: -javaagent:jasyncio-agent.jar""");
        }
    }
}
