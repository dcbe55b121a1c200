package io.github.jasyncio.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a queue holds, and which comes first. Semantics: {@code _init}, {@code _put} and {@code _get} of {@code asyncio.Queue}. */
interface Items<T> {

    void add(@Nullable T item);

    /** Takes the next one out. Only when there is one. */
    @Nullable
    T remove();

    int size();

    /** As the text form of a queue shows them. */
    List<@Nullable Object> toList();

    /** First in, first out. */
    final class Fifo<T> implements Items<T> {

        /** Stands for null, which an ArrayDeque does not take. */
        private static final Object NULL = new Object();

        private final ArrayDeque<Object> items = new ArrayDeque<>();

        @Override
        public void add(@Nullable T item) {
            items.addLast(item == null ? NULL : item);
        }

        @Override
        @SuppressWarnings("unchecked") // only items of type T come in
        public @Nullable T remove() {
            return (T) unmask(items.removeFirst());
        }

        private static @Nullable Object unmask(Object item) {
            return item == NULL ? null : item;
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public List<@Nullable Object> toList() {
            List<@Nullable Object> list = new ArrayList<>(items.size());
            items.forEach(item -> list.add(unmask(item)));
            return list;
        }
    }

    /** Last in, first out. */
    final class Lifo<T> implements Items<T> {

        private final ArrayList<@Nullable T> items = new ArrayList<>();

        @Override
        public void add(@Nullable T item) {
            items.add(item);
        }

        @Override
        public @Nullable T remove() {
            return items.remove(items.size() - 1);
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public List<@Nullable Object> toList() {
            return new ArrayList<>(items);
        }
    }
}
