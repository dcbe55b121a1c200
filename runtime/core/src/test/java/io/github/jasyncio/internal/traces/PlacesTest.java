package io.github.jasyncio.internal.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is remembered of where coroutines stand. */
class PlacesTest {

    /** Where the suspension points stand in the source of {@link Price$async$0}. */
    private static int firstLine = 4;

    @Test
    void each_suspension_point_has_a_place_that_is_made_once() {
        Price$async$0 frame = new Price$async$0();

        frame.standAt(2);
        StackTraceElement second = Places.of(frame);
        frame.standAt(1);
        StackTraceElement first = Places.of(frame);

        assertThat(first).extracting(StackTraceElement::getLineNumber).isEqualTo(5);
        assertThat(second).extracting(StackTraceElement::getLineNumber).isEqualTo(6);
        assertThat(Places.of(frame)).isSameAs(first);
    }

    /** A debugger that hot-swaps a class does not give its frames another class. */
    @Test
    void a_class_that_was_redefined_has_other_lines() {
        Price$async$0 frame = new Price$async$0();
        frame.standAt(1);
        Places.of(frame);

        firstLine = 40;
        StackTraceElement place = Places.of(frame);
        firstLine = 4;

        assertThat(place).extracting(StackTraceElement::getLineNumber).isEqualTo(41);
    }

    /** Named as the transformer names frame classes. */
    private static final class Price$async$0 extends Frame<Void> {

        void standAt(int point) {
            state = point;
        }

        @Override
        public @Nullable Object start(Execution execution) {
            return startInPlace(execution);
        }

        @Override
        public @Nullable Object startInPlace(Execution execution) {
            return null;
        }

        @Override
        protected @Nullable Object resume(Execution execution) {
            return null;
        }

        @Override
        public StackTraceElement location() {
            return new StackTraceElement("Orders", "price", "Orders.java", firstLine + state);
        }
    }
}
