package io.github.jasyncio.transform.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tests of Apache Commons Lang, run against Commons Lang with awaits at every instruction boundary of every method that may have one: they must come
 * out as they do without. Together the rounds reach each boundary once.
 */
class InjectedLibraryTest {

    private static final String PREFIX = "org.apache.commons.lang3.";
    private static final int ROUNDS = 4;

    private static final List<String> TESTS = List.of(
            "ArrayUtilsAddTest",
            "ArrayUtilsInsertTest",
            "ArrayUtilsRemoveMultipleTest",
            "ArrayUtilsRemoveTest",
            "BitFieldTest",
            "BooleanUtilsTest",
            "CharRangeTest",
            "CharSequenceUtilsTest",
            "CharSetTest",
            "CharSetUtilsTest",
            "CharUtilsTest",
            "ClassPathUtilsTest",
            "ClassUtilsTest",
            "ConversionTest",
            "EnumUtilsTest",
            "RangeTest",
            "StringUtilsContainsTest",
            "StringUtilsEmptyBlankTest",
            "StringUtilsEqualsIndexOfTest",
            "StringUtilsIsTest",
            "StringUtilsStartsEndsWithTest",
            "StringUtilsSubstringTest",
            "StringUtilsTest",
            "StringUtilsTrimStripTest",
            "ValidateTest",
            "builder.CompareToBuilderTest",
            "builder.DiffBuilderTest",
            "builder.EqualsBuilderTest",
            "builder.HashCodeBuilderTest",
            "builder.RecursiveToStringStyleTest",
            "exception.ContextedExceptionTest",
            "exception.ExceptionUtilsTest",
            "function.FailableFunctionsTest",
            "math.NumberUtilsTest",
            "mutable.MutableIntTest",
            "reflect.ConstructorUtilsTest",
            "reflect.FieldUtilsTest",
            "reflect.MethodUtilsTest",
            "reflect.TypeUtilsTest",
            "stream.StreamsTest",
            "text.StrBuilderTest",
            "text.StrSubstitutorTest",
            "text.StrTokenizerTest",
            "text.WordUtilsTest",
            "text.translate.EntityArraysTest",
            "text.translate.NumericEntityUnescaperTest",
            "tuple.PairTest");

    private static final URL LIBRARY =
            StringUtils.class.getProtectionDomain().getCodeSource().getLocation();

    private static Map<String, String> untouched = Map.of();

    @BeforeAll
    static void run_the_tests_against_the_library_as_it_is() throws Exception {
        untouched = run(new InjectedLoader(PREFIX, null, LIBRARY));
        assertThat(untouched.values()).filteredOn("SUCCESSFUL"::equals).hasSizeGreaterThan(1000);
    }

    @ParameterizedTest(name = "round {0}, every {1}th await suspends")
    @CsvSource({"0, 1", "1, 1", "2, 1", "3, 3"})
    void the_librarys_own_tests_come_out_the_same(int round, int suspendEvery) throws Exception {
        AwaitInjector injector = new AwaitInjector(round, ROUNDS);
        InjectedLoader loader = new InjectedLoader(PREFIX, injector, LIBRARY);
        long suspensions = Pump.suspensions();
        Pump.suspendEvery(suspendEvery);
        try {
            Map<String, String> injected = run(loader);

            assertThat(differences(injected)).isEmpty();
            assertThat(loader.refused()).isEmpty();
            assertThat(injector.injected()).isGreaterThan(1000);
            assertThat(Pump.suspensions() - suspensions).isGreaterThan(100_000);
        } finally {
            Pump.suspendEvery(0);
        }
    }

    private static Map<String, String> run(ClassLoader loader) throws ClassNotFoundException {
        return LibraryTests.run(loader, TESTS.stream().map(PREFIX::concat).toList());
    }

    private static Map<String, String> differences(Map<String, String> injected) {
        Map<String, String> differences = new TreeMap<>();
        untouched.forEach((test, outcome) -> {
            String other = injected.getOrDefault(test, "did not run");
            if (!other.equals(outcome) && !(other.startsWith("FAILED") && outcome.startsWith("FAILED"))) {
                differences.put(test, outcome + " -> " + other);
            }
        });
        return differences;
    }
}
