package io.github.jasyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class AsyncCloseableTest {

    @Test
    void close_where_nothing_can_wait_says_what_to_write() {
        assertThat(messageOf(AsyncCloseableTest::closes)).isEqualTo("""
                io.github.jasyncio.AsyncCloseableTest.closes(AsyncCloseableTest.java:LINE): close() was called on <door>, which is still open: closing it takes a wait.
                Write await(....closeAsync()) in an @Async method, or make it the resource of a try-with-resources statement, which does so: a call of close() that stands in the source is an ordinary call.
                Was it try-with-resources that called, then in a method that is not @Async, or the class io.github.jasyncio.AsyncCloseableTest was not rewritten.
                Where nothing can wait, let a loop do it: runCoroutineThreadsafe(resource.closeAsync(), loop) or, where no loop runs, run(resource.closeAsync()).""");
    }

    @Test
    void in_a_class_that_was_rewritten_it_does_not_say_that_it_was_not() {
        assertThat(messageOf(AsyncCloseableTest::lambda$closes$async$0)).isEqualTo("""
                io.github.jasyncio.AsyncCloseableTest.closes(AsyncCloseableTest.java:LINE): close() was called on <door>, which is still open: closing it takes a wait.
                Write await(....closeAsync()) in an @Async method, or make it the resource of a try-with-resources statement, which does so: a call of close() that stands in the source is an ordinary call.
                Was it try-with-resources that called, then in a synchronized block: nothing can wait there. Use io.github.jasyncio.sync.Lock.
                Where nothing can wait, let a loop do it: runCoroutineThreadsafe(resource.closeAsync(), loop) or, where no loop runs, run(resource.closeAsync()).""");
    }

    private static String messageOf(Runnable closing) {
        IllegalStateException thrown = catchThrowableOfType(IllegalStateException.class, closing::run);
        return String.valueOf(thrown.getMessage()).replaceFirst("java:[1-9]\\d*\\)", "java:LINE)");
    }

    private static void closes() {
        AsyncCloseable door = new Door();
        door.close();
    }

    /** Named as the body of an async method is. */
    private static void lambda$closes$async$0() {
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
