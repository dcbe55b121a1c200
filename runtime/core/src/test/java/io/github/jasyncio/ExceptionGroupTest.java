package io.github.jasyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExceptionGroupTest {

    @Test
    void a_printed_trace_shows_every_failure() {
        ExceptionGroup group = new ExceptionGroup(
                "unhandled errors", List.of(new Boom("first"), new IOException("second"), new Boom("third")));
        StringWriter trace = new StringWriter();

        group.printStackTrace(new PrintWriter(trace));

        assertThat(trace.toString())
                .startsWith("io.github.jasyncio.ExceptionGroup: unhandled errors (3 sub-exceptions)")
                .contains("Caused by: io.github.jasyncio.Boom: first")
                .contains("Suppressed: java.io.IOException: second")
                .contains("Suppressed: io.github.jasyncio.Boom: third");
    }

    @Test
    void exceptions_come_as_given_and_cannot_be_changed() {
        Boom first = new Boom("first");
        Boom second = new Boom("second");

        List<Throwable> exceptions = new ExceptionGroup("two", List.of(first, second)).exceptions();

        assertThat(exceptions).containsExactly(first, second);
        assertThatThrownBy(() -> exceptions.remove(first)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void one_failure_is_counted_in_the_singular() {
        assertThat(new ExceptionGroup("unhandled errors", List.of(new Boom("only"))))
                .hasMessage("unhandled errors (1 sub-exception)");
    }

    @Test
    void its_text_tells_what_has_failed() {
        ExceptionGroup inner = new ExceptionGroup("inner", List.of(new Boom("first"), new IllegalStateException()));
        ExceptionGroup group = new ExceptionGroup("outer", List.of(new IOException("second"), inner));

        assertThat(group)
                .hasToString("io.github.jasyncio.ExceptionGroup: outer (2 sub-exceptions) [java.io.IOException: second,"
                        + " io.github.jasyncio.ExceptionGroup: inner (2 sub-exceptions)"
                        + " [io.github.jasyncio.Boom: first, java.lang.IllegalStateException]]");
    }

    @Test
    void its_text_has_an_end_and_never_fails() {
        Throwable nested = new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("hostile");
            }
        };
        for (int depth = 0; depth < 100_000; depth++) {
            nested =
                    new ExceptionGroup("level", List.of(nested, nested)); // 2 to the power of its depth ways through it
            if (depth == 3) {
                assertThat(nested.toString()).contains("ExceptionGroupTest$1 instance>");
            }
        }

        assertThat(nested.toString()).endsWith("]").hasSizeLessThan(5000);
    }

    @Test
    void the_same_failure_may_come_twice() {
        Boom boom = new Boom("shared");

        assertThat(new ExceptionGroup("two", List.of(boom, boom)).exceptions()).containsExactly(boom, boom);
    }

    @Test
    void a_group_of_nothing_is_refused() {
        assertThatThrownBy(() -> new ExceptionGroup("none", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an ExceptionGroup needs at least one exception: none");
    }
}
