package io.github.jasyncio;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NotRewrittenTest {

    @Test
    void an_await_that_was_not_rewritten_says_where_it_stands_and_how_to_switch_rewriting_on() {
        assertThatThrownBy(() -> Asyncio.await(Coroutine.of(1)))
                .isInstanceOf(IllegalStateException.class)
                .message()
                .startsWith("io.github.jasyncio.NotRewrittenTest.")
                .containsPattern("\\(NotRewrittenTest\\.java:\\d+\\): await was called, but the class"
                        + " io\\.github\\.jasyncio\\.NotRewrittenTest was not rewritten")
                .contains("-javaagent:jasyncio-agent.jar", "io.github.jasyncio:jasyncio-maven-plugin");
    }
}
