package io.github.jasyncio.agent.javac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginOptionsTest {

    @Test
    void without_arguments_every_class_is_rewritten_in_silence() {
        PluginOptions options = PluginOptions.parse();

        assertThat(options.verbose()).isFalse();
        assertThat(options.failOnWarning()).isFalse();
        assertThat(options.filter().accepts("shop.Orders")).isTrue();
    }

    @Test
    void each_argument_is_understood() {
        PluginOptions options =
                PluginOptions.parse("verbose", "failOnWarning", "includes=shop.*:stock.*", "excludes=shop.old.*");

        assertThat(options.verbose()).isTrue();
        assertThat(options.failOnWarning()).isTrue();
        assertThat(options.filter().accepts("shop.Orders")).isTrue();
        assertThat(options.filter().accepts("stock.Shelf")).isTrue();
        assertThat(options.filter().accepts("shop.old.Orders")).isFalse();
        assertThat(options.filter().accepts("Main")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "debug, unknown argument 'debug' of the jasyncio plugin",
        "includes=, an empty pattern in argument 'includes=' of the jasyncio plugin",
        "excludes=a::b, an empty pattern in argument 'excludes=a::b' of the jasyncio plugin",
    })
    void a_wrong_argument_is_refused_and_the_right_ones_are_listed(String argument, String message) {
        assertThatThrownBy(() -> PluginOptions.parse(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message + "\n" + PluginOptions.HELP);
    }
}
