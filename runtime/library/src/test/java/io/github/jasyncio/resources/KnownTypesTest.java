package io.github.jasyncio.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.net.StreamConnection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The types of which the rewriting knows by name that closing them waits: {@code CoreNames.ASYNC_CLOSEABLES} has the same. */
class KnownTypesTest {

    @Test
    void they_are_async_closeables_that_leave_close_as_it_is() throws NoSuchMethodException {
        for (Class<?> type : List.of(StreamConnection.class, AsyncExitStack.class)) {
            assertThat(type).isAssignableTo(AsyncCloseable.class);
            assertThat(type.getMethod("close").getDeclaringClass()).isEqualTo(AsyncCloseable.class);
        }
    }
}
