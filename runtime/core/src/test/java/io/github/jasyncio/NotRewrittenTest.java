package io.github.jasyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotRewrittenTest {

    static Stream<ThrowingCallable> bothAwaits() {
        return Stream.of(NotRewrittenTest::awaitsCoroutine, NotRewrittenTest::awaitsStage);
    }

    @ParameterizedTest
    @MethodSource("bothAwaits")
    void an_await_that_was_not_rewritten_names_its_class_and_shows_what_to_add_in_each_way_of_rewriting(
            ThrowingCallable await) {
        IllegalStateException thrown = catchThrowableOfType(IllegalStateException.class, await);

        String expected = """
                io.github.jasyncio.NotRewrittenTest.METHOD(NotRewrittenTest.java:LINE): await was called, but the class io.github.jasyncio.NotRewrittenTest was not rewritten, so it cannot suspend. Have it rewritten in one of these ways.

                When Maven builds it, by these lines in pom.xml:
                    <plugin>
                      <groupId>io.github.jasyncio</groupId>
                      <artifactId>jasyncio-maven-plugin</artifactId>
                      <version>(that of jasyncio-runtime)</version>
                      <executions>
                        <execution>
                          <goals>
                            <goal>transform</goal>
                            <goal>transform-tests</goal>
                          </goals>
                        </execution>
                      </executions>
                    </plugin>
                When javac compiles it, in any other build:
                    javac -processorpath jasyncio-agent.jar -Xplugin:jasyncio ...
                When it is loaded, by the agent:
                    java -javaagent:jasyncio-agent.jar ...

                If it is rewritten, then this await stands outside of an async method: only @Async methods and lambdas that return Coroutine can await.""";
        assertThat(String.valueOf(thrown.getMessage())
                        .replaceFirst("awaits(Coroutine|Stage)", "METHOD")
                        .replaceFirst("java:[1-9]\\d*\\)", "java:LINE)"))
                .isEqualTo(expected);
    }

    private static void awaitsCoroutine() {
        Asyncio.await(Coroutine.of(1));
    }

    private static void awaitsStage() {
        Asyncio.await(CompletableFuture.completedStage(1));
    }
}
