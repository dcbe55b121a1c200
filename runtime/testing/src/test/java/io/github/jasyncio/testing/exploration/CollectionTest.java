package io.github.jasyncio.testing.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.testing.Exploration;
import io.github.jasyncio.testing.Schedules;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bugs of {@link Bugs} are found with the settings that a user gets, and nothing is found in the corrected programs. */
class CollectionTest {

    static Stream<Arguments> pairs() {
        return Bugs.all().entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void the_bug_is_found_within_a_thousand_orders_and_replayed(String name, Bugs.Pair pair) {
        Exploration exploration = Schedules.explore(pair.wrong()).times(1000).run();

        assertThat(exploration.failures()).as(name).hasSize(1);
        String schedule = exploration.schedule();
        Exploration replayed = Schedules.replay(schedule == null ? "" : schedule, pair.wrong());
        assertThat(replayed.failures()).hasSize(1);
        assertThat(replayed.failures().get(0).schedule()).isEqualTo(schedule);
        assertThat(replayed.failures().get(0).error())
                .hasSameClassAs(exploration.failures().get(0).error());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void nothing_is_found_in_the_corrected_program(String name, Bugs.Pair pair) {
        Exploration exploration = Schedules.explore(pair.right()).times(1000).run();

        assertThat(exploration.failures()).as(name).isEmpty();
    }
}
