package io.github.jasyncio.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that may await: it runs on a loop of its own with virtual time, so that what sleeps takes none.
 *
 * <pre>{@code
 * @AsyncTest
 * void gives_up_after_ten_seconds() {
 *     await(assertThrows(AsyncTimeoutException.class, () -> fetch(server)));
 * }
 * }</pre>
 *
 * <p>The method returns {@code void} and needs no {@code @Async}. Methods with {@code @Async @BeforeEach} and {@code @Async @AfterEach} run on the same
 * loop. Debug mode is on. What the test leaves behind fails it, with the place where it was made, see {@link Leftover}. Whoever never comes to an end is
 * interrupted after {@link #realTimeout} and fails with the call graph of all tasks.
 *
 * <p>Parameters are resolved as for any test. One of type {@link SimulatedNetwork} is what all of package {@code net} then runs on in this test; and then,
 * as when orders are explored, a test that waits for what cannot come fails at once with a {@link DeadlockError}.
 *
 * <p>The test class has to be rewritten like any other: goal {@code transform-tests} of the Maven plugin, the javac plugin, or the agent. To have
 * {@code @Test @Async} or {@code @ParameterizedTest @Async} methods run in the same way, put {@code @ExtendWith(AsyncExtension.class)} on their class.
 *
 * <p>asyncio's counterpart is {@code unittest.IsolatedAsyncioTestCase}.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(AsyncExtension.class)
public @interface AsyncTest {

    /**
     * Under how many orders the test is run, with fresh instances and the methods before and after each time; see {@link Schedules}. With 1, only in
     * asyncio's own. A class with {@code @TestInstance(PER_CLASS)} has the one instance for all of them.
     */
    int schedules() default 1;

    /** Runs the test under this one order, which a failure has named; {@link #NO_REPLAY} if it is not to be replayed. */
    String replay() default NO_REPLAY;

    /** Where random orders begin, and what a {@link SimulatedNetwork} leaves to chance. */
    long seed() default 0;

    /** What may come in another order. */
    Reordering reordering() default Reordering.LEGAL;

    /** How long it may take in virtual time, such as {@code "10 s"}, {@code "500 ms"}, {@code "2 h"}; empty if as long as it likes. */
    String timeout() default "";

    /** How long it may take in real time, all schedules together. */
    String realTimeout() default "60 s";

    /** What the test may leave behind. */
    Leftover[] mayLeave() default {};

    /** That of {@link #replay} if nothing is to be replayed: the empty schedule is asyncio's own order. */
    String NO_REPLAY = "none";
}
