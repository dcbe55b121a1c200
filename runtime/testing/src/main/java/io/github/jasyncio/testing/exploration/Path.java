package io.github.jasyncio.testing.exploration;

import java.util.Arrays;

/** The choices that a run had, and those that it made. */
final class Path {

    private int[] choices = new int[16];
    private int[] widths = new int[16];
    private int length;

    void add(int choice, int width) {
        if (length == choices.length) {
            choices = Arrays.copyOf(choices, length * 2);
            widths = Arrays.copyOf(widths, length * 2);
        }
        choices[length] = choice;
        widths[length] = width;
        length++;
    }

    int length() {
        return length;
    }

    /** How many ways there were to go at a place. */
    int width(int place) {
        return widths[place];
    }

    int choice(int place) {
        return choices[place];
    }

    Decisions decisions() {
        return new Decisions(Arrays.copyOf(choices, length));
    }

    /** How many orders there would be if all of them had as many choices as this one, at most {@code Double.MAX_VALUE}. */
    double ordersIfAllWereAlike() {
        double orders = 1;
        for (int place = 0; place < length; place++) {
            orders = Math.min(orders * widths[place], Double.MAX_VALUE);
        }
        return orders;
    }
}
