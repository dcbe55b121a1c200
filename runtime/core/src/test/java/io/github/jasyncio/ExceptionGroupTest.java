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
