package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.transform.BlockingCalls;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class AgentOptionsTest {

    @ParameterizedTest
    @NullAndEmptySource
    void no_text_means_no_options(String text) {
        assertThat(AgentOptions.parse(text))
                .isEqualTo(new AgentOptions(false, false, false, ClassFilter.ALL, BlockingCalls.known()));
    }

    @Test
    void options_are_separated_by_commas_and_patterns_by_colons() {
        AgentOptions options = AgentOptions.parse("debug, verbose,includes=shop.*:stock.*,excludes=shop.Legacy");

        ClassFilter filter = new ClassFilter(List.of("shop.*", "stock.*"), List.of("shop.Legacy"));
        assertThat(options).isEqualTo(new AgentOptions(true, true, false, filter, BlockingCalls.known()));
    }

    @Test
    void an_unknown_option_is_an_error_that_lists_the_right_ones() {
        assertThatThrownBy(() -> AgentOptions.parse("debug,verbos"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                        unknown option 'verbos' of the jasyncio agent
                        Options of the jasyncio agent, separated by commas (-javaagent:jasyncio-agent.jar=debug,includes=shop.*):
                          debug               switch on debug mode, as -Djasyncio.debug=true does, and let a debugger see
                                              variables that are in scope but not used any more
                          verbose             name every class that is rewritten
                          includes=PATTERNS   rewrite only these classes: names separated by colons, * stands for any characters
                          excludes=PATTERNS   leave these classes as they are
                          blocking-calls=FILE warn of these calls in async methods, too: one method a line, such as
                                              shop.Dao.load Use shop.AsyncDao.
                          help                show this and end""");
    }

    @Test
    void a_list_of_blocking_calls_that_is_not_there_is_an_error() {
        assertThatThrownBy(() -> AgentOptions.parse("blocking-calls=no/such/file"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the list of blocking calls cannot be read: java.nio.file.NoSuchFileException: no/such/file;"
                                + " name a text file in UTF-8");
    }

    @Test
    void patterns_must_not_be_empty() {
        assertThatThrownBy(() -> AgentOptions.parse("includes="))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("option 'includes=' of the jasyncio agent names no class\nOptions of");
    }
}
