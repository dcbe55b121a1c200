package io.github.jasyncio.samples.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The medians as a table in Markdown, each with its ratio to the reference's column if there is one. */
public final class Table {

    private final Samples samples;
    private final List<String> rows;
    private final List<String> columns;
    private final @Nullable String reference;

    public Table(Samples samples, List<String> rows, List<String> columns) {
        this(samples, rows, columns, null);
    }

    public Table(Samples samples, List<String> rows, List<String> columns, @Nullable String reference) {
        this.samples = samples;
        this.rows = List.copyOf(rows);
        this.columns = List.copyOf(columns);
        this.reference = reference;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("|  | " + String.join(" | ", columns) + " |\n|---|");
        text.append("---:|".repeat(columns.size())).append('\n');
        for (String row : rows) {
            text.append("| ").append(row).append(" |");
            for (String column : columns) {
                text.append(' ').append(cell(row, column)).append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private String cell(String row, String column) {
        OptionalDouble value = samples.median(row, column);
        if (value.isEmpty()) {
            return "";
        }
        String number = number(value.getAsDouble());
        OptionalDouble base = reference == null ? OptionalDouble.empty() : samples.median(row, reference);
        return column.equals(reference) || base.isEmpty() || base.getAsDouble() == 0
                ? number
                : number + " (" + number(value.getAsDouble() / base.getAsDouble()) + "x)";
    }

    /** Two digits where they tell something. */
    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
