package io.github.jasyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class AsyncCloseableTest {

    @Test
    void close_where_nothing_can_wait_says_what_to_write() {
        IllegalStateException thrown = catchThrowableOfType(IllegalStateException.class, AsyncCloseableTest::closes);

        String expected = """
                io.github.jasyncio.AsyncCloseableTest.closes(AsyncCloseableTest.java:LINE): close() was called on <door>, which is still open: closing it takes a wait.
                Write await(....closeAsync()). In an @Async method try-with-resources does so by itself; in one that did not, the class io.github.jasyncio.AsyncCloseableTest was not rewritten.
                Where nothing can wait, let a loop do it: runCoroutineThreadsafe(resource.closeAsync(), loop) or, where no loop runs, run(resource.closeAsync()).""";
        assertThat(String.valueOf(thrown.getMessage()).replaceFirst("java:[1-9]\\d*\\)", "java:LINE)"))
                .isEqualTo(expected);
    }

    private static void closes() {
        AsyncCloseable door = new Door();
        door.close();
    }

    private static final class Door implements AsyncCloseable {

        @Override
        public Coroutine<Void> closeAsync() {
            return Coroutine.done();
        }

        @Override
        public String toString() {
            return "<door>";
        }
    }
}
