package io.github.jasyncio.samples.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured: for a row and a column any number of values, of which the median counts. */
public final class Samples {

    private record Cell(String row, String column) {}

    private final Map<Cell, List<Double>> cells = new HashMap<>();

    /** Adds a value. */
    public void add(String row, String column, double value) {
        cells.computeIfAbsent(new Cell(row, column), cell -> new ArrayList<>()).add(value);
    }

    /** The value in the middle, of an even number the mean of the two; empty if there are none. */
    public OptionalDouble median(String row, String column) {
        List<Double> sorted = new ArrayList<>(cells.getOrDefault(new Cell(row, column), List.of()));
        Collections.sort(sorted);
        int size = sorted.size();
        return size == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2);
    }
}
