package io.github.jasyncio.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HouseTest {

    private final House house = new House();

    private Guest enter(String nickname) {
        return house.enter(nickname, new Outbox());
    }

    @Test
    void a_nickname_is_free_again_when_its_guest_has_left_or_taken_another() {
        Guest ann = enter("ann");
        assertThat(house.objectionTo("Ann")).isEqualTo("! there is a Ann already");

        house.rename(ann, "bea");
        assertThat(house.objectionTo("ann")).isNull();
        assertThat(house.objectionTo("bea")).isNotNull();

        house.leave(ann);
        house.leave(ann);
        assertThat(house.objectionTo("bea")).isNull();
        assertThat(house.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a:b", "123456789012345678901", "/quit"})
    void a_nickname_is_a_short_word(String nickname) {
        assertThat(house.objectionTo(nickname)).startsWith("! a name has up to 20 letters");
    }

    @Test
    void a_room_is_there_as_long_as_somebody_is_in_it() {
        Guest ann = enter("ann");
        Guest bob = enter("bob");
        house.move(bob, "Garden");
        assertThat(house.overview()).isEqualTo("Garden (bob), lobby (ann)");

        house.move(ann, "garden");
        assertThat(house.overview()).isEqualTo("Garden (ann, bob)");
        assertThat(ann.room()).isSameAs(bob.room());

        house.leave(ann);
        house.leave(bob);
        assertThat(house.overview()).isEmpty();
    }
}
