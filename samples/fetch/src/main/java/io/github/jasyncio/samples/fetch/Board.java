package io.github.jasyncio.samples.fetch;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All pages in the order in which they were asked for, with what is known of each. Loop-confined while the crew is at work. */
final class Board {

    private final List<Page> pages;

    Board(List<URI> urls) {
        pages = urls.stream().map(Page::waiting).collect(Collectors.toCollection(ArrayList::new));
    }

    int size() {
        return pages.size();
    }

    /** The numbers by which the pages are known here. */
    List<Integer> numbers() {
        return IntStream.range(0, size()).boxed().toList();
    }

    Page get(int number) {
        return pages.get(number);
    }

    void put(int number, Page page) {
        pages.set(number, page);
    }

    long count(Page.State state) {
        return pages.stream().filter(page -> page.state() == state).count();
    }

    List<Page> pages() {
        return List.copyOf(pages);
    }
}
