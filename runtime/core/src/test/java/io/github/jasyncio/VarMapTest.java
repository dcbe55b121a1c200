package io.github.jasyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a {@link HashMap}, as a map of variables to values that are, or have been, set. */
@NullUnmarked // null is a value
class VarMapTest {

    private static List<ContextVar<Integer>> variables(int count, int apart) {
        List<ContextVar<Integer>> variables = new ArrayList<>();
        for (int i = 0; i < count * apart; i++) {
            ContextVar<Integer> variable = new ContextVar<>("v" + i);
            if (i % apart == 0) {
                variables.add(variable);
            }
        }
        return variables;
    }

    private static void assertSame(
            VarMap map, Map<ContextVar<Integer>, Integer> expected, List<ContextVar<Integer>> all) {
        assertThat(map.size()).isEqualTo(expected.size());
        for (ContextVar<Integer> variable : all) {
            Object value = expected.containsKey(variable) ? expected.get(variable) : VarMap.ABSENT;
            assertThat(map.get(variable)).as(variable.name()).isSameAs(value);
        }
    }

    @ParameterizedTest(name = "variables that were made {0} apart")
    @ValueSource(ints = {1, 2, 32, 33, 1024})
    void it_holds_what_was_set_and_not_taken_away(int apart) {
        List<ContextVar<Integer>> variables = variables(300, apart);
        Random random = new Random(apart);
        Map<ContextVar<Integer>, Integer> expected = new HashMap<>();
        VarMap map = VarMap.EMPTY;
        for (int i = 0; i < 5000; i++) {
            ContextVar<Integer> variable = variables.get(random.nextInt(variables.size()));
            VarMap before = map;
            Map<ContextVar<Integer>, Integer> expectedBefore = i % 500 == 0 ? new HashMap<>(expected) : null;
            if (random.nextBoolean()) {
                Integer value = random.nextInt(5) == 0 ? null : i;
                map = map.with(variable, value);
                expected.put(variable, value);
            } else {
                map = map.without(variable);
                expected.remove(variable);
            }
            if (expectedBefore != null) {
                assertSame(before, expectedBefore, variables);
                assertSame(map, expected, variables);
            }
        }
        assertSame(map, expected, variables);
        for (ContextVar<Integer> variable : variables) {
            map = map.without(variable);
        }
        assertThat(map).isSameAs(VarMap.EMPTY);
    }

    @Test
    void there_is_one_empty_map() {
        ContextVar<String> variable = new ContextVar<>("variable");

        assertThat(VarMap.EMPTY.with(variable, "value").without(variable)).isSameAs(VarMap.EMPTY);
        assertThat(VarMap.EMPTY.without(variable)).isSameAs(VarMap.EMPTY);
    }

    @Test
    void a_map_into_which_nothing_new_is_put_stays_the_same() {
        ContextVar<String> variable = new ContextVar<>("variable");
        VarMap map = VarMap.EMPTY.with(variable, "value");

        assertThat(map.with(variable, "value")).isSameAs(map);
        assertThat(map.without(new ContextVar<>("other"))).isSameAs(map);
    }

    @Test
    void setting_one_of_many_copies_little() {
        List<ContextVar<Integer>> variables = variables(20_000, 1);
        VarMap map = VarMap.EMPTY;
        for (ContextVar<Integer> variable : variables) {
            map = map.with(variable, 1);
        }

        for (ContextVar<Integer> variable : variables) {
            VarMap changed = map.with(variable, 2);
            assertThat(slotsCopied(map, changed)).isLessThan(4 * 64);
            map = changed;
        }
        assertThat(map.size()).isEqualTo(20_000);
    }

    private static int slotsCopied(VarMap before, VarMap after) {
        int copied = after.slots.length;
        for (int i = 0; i < after.slots.length; i += 2) {
            if (after.slots[i] == null && after.slots[i + 1] != before.slots[i + 1]) {
                copied += slotsCopied((VarMap) before.slots[i + 1], (VarMap) after.slots[i + 1]);
            }
        }
        return copied;
    }
}
