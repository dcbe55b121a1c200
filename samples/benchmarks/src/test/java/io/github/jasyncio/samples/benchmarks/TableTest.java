package io.github.jasyncio.samples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.samples.benchmarks.report.Samples;
import io.github.jasyncio.samples.benchmarks.report.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void a_cell_has_the_median_and_its_ratio_to_the_reference() {
        Samples samples = new Samples();
        samples.add("row", "we", 3);
        samples.add("row", "we", 1);
        samples.add("row", "we", 200);
        samples.add("row", "they", 10);
        samples.add("row", "they", 20);

        Table table = new Table(samples, List.of("row", "other"), List.of("we", "they"), "we");

        assertThat(table).hasToString("""
                        |  | we | they |
                        |---|---:|---:|
                        | row | 3.00 | 15.0 (5.00x) |
                        | other |  |  |
                        """);
    }

    @Test
    void without_a_reference_there_are_no_ratios() {
        Samples samples = new Samples();
        samples.add("row", "we", 3);
        samples.add("row", "they", 150);

        Table table = new Table(samples, List.of("row"), List.of("we", "they"));

        assertThat(table).hasToString("""
                        |  | we | they |
                        |---|---:|---:|
                        | row | 3.00 | 150 |
                        """);
    }
}
