package io.github.jasyncio.transform.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.StringUtilsTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The tests of Apache Commons Lang, run against Commons Lang with an await at every instruction boundary of every method that may have one: they must come
 * out as they do untouched.
 *
 * <p>Each build runs all but those in {@link #SLOW}, and a method that was called a thousand times awaits in some of its calls only. All of them, and a
 * hundred times as many calls, take five minutes, and come out the same, too: {@code mvn -pl agent -am test -Dtest=InjectedLibraryTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Djasyncio.injection=all}. ({@code FastDateFormatTest.testParseSync} gives itself a limited time and needs a
 * machine that is not busy.)
 */
class InjectedLibraryTest {

    private static final String PREFIX = "org.apache.commons.lang3.";
    private static final boolean ALL =
            System.getProperty("jasyncio.injection", "").equals("all");

    /** Fail or not, untouched as well. */
    private static final Set<String> NOT_DETERMINISTIC = Set.of(
            // asserts after each test that a weak map is empty, which is up to the garbage collector
            "builder.ToStringBuilderTest");

    /** Take long, untouched as well: they sleep, or go through all locales and time zones. */
    private static final Set<String> SLOW = Set.of(
            "builder.ToStringStyleConcurrencyTest",
            "concurrent.locks.LockingVisitorsTest",
            "text.ExtendedMessageFormatTest",
            "time.FastDateParser_TimeZoneStrategyTest",
            "time.StopWatchTest");

    private static final URL LIBRARY = jarOf(StringUtils.class);

    private static Map<String, String> untouched = Map.of();

    @BeforeAll
    static void run_the_tests_against_the_library_as_it_is() throws Exception {
        untouched = LibraryTests.run(new InjectedLoader(PREFIX, null, LIBRARY), tests());

        assertThat(untouched.values()).filteredOn("SUCCESSFUL"::equals).hasSizeGreaterThan(6000);
    }

    private static List<String> tests() throws IOException {
        Stream<String> tests = LibraryTests.in(jarOf(StringUtilsTest.class)).stream()
                .map(name -> name.substring(PREFIX.length()))
                .filter(name -> !name.startsWith("jmh_generated."))
                .filter(name -> !NOT_DETERMINISTIC.contains(name))
                .filter(name -> ALL || !SLOW.contains(name));
        return tests.map(PREFIX::concat).toList();
    }

    private static URL jarOf(Class<?> one) {
        return one.getProtectionDomain().getCodeSource().getLocation();
    }

    @Test
    void the_librarys_own_tests_come_out_the_same() throws Exception {
        AwaitInjector injector = new AwaitInjector(0, false);
        Map<String, String> injected = run(injector, tests());

        assertThat(differences(untouched, injected)).isEmpty();
        assertThat(injector.methods()).isGreaterThan(3000);
        assertThat(injector.awaits()).isGreaterThan(60_000);
        assertThat(Pump.suspended()).as("awaits that have suspended").isGreaterThan(55_000);
    }

    /** Each build runs every third class of tests so. */
    @Test
    void so_they_do_where_results_are_handed_out_by_emit() throws Exception {
        List<String> tests = new ArrayList<>(tests());
        if (!ALL) {
            tests.removeIf(name -> Math.floorMod(name.hashCode(), 3) != 0);
        }
        Map<String, String> ofTheseUntouched = LibraryTests.run(new InjectedLoader(PREFIX, null, LIBRARY), tests);
        AwaitInjector injector = new AwaitInjector(0, true);

        Map<String, String> injected = run(injector, tests);

        assertThat(differences(ofTheseUntouched, injected)).isEmpty();
        assertThat(injector.methods()).isGreaterThan(1000);
        assertThat(Pump.suspended()).as("awaits that have suspended").isGreaterThan(10_000);
    }

    /** One method is too large for all its awaits at a time. */
    @Test
    void so_they_do_with_the_other_awaits_of_the_largest_method() throws Exception {
        List<String> tests = List.of(PREFIX + "text.StrSubstitutorTest");
        Map<String, String> ofTheseUntouched = LibraryTests.run(new InjectedLoader(PREFIX, null, LIBRARY), tests);

        Map<String, String> injected = run(new AwaitInjector(1, false), tests);

        assertThat(differences(ofTheseUntouched, injected)).isEmpty();
    }

    private static Map<String, String> run(AwaitInjector injector, List<String> tests) throws ClassNotFoundException {
        InjectedLoader loader = new InjectedLoader(PREFIX, injector, LIBRARY);
        Pump.begin(ALL ? 100_000 : 1000);
        Map<String, String> outcomes = LibraryTests.run(loader, tests);
        assertThat(loader.refused()).isEmpty();
        return outcomes;
    }

    private static Map<String, String> differences(Map<String, String> untouched, Map<String, String> injected) {
        Map<String, String> differences = new TreeMap<>();
        untouched.forEach((test, outcome) -> {
            String other = injected.getOrDefault(test, "did not run");
            if (!other.equals(outcome) && !(other.startsWith("FAILED") && outcome.startsWith("FAILED"))) {
                differences.put(test, outcome + " -> " + other);
            }
        });
        injected.forEach((test, outcome) -> {
            if (!untouched.containsKey(test)) {
                differences.put(test, "did not run -> " + outcome);
            }
        });
        return differences;
    }
}
