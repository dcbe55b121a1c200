package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.log;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Awaits in every part of every loop. */
class LoopsTarget {

    @Async
    static Coroutine<Integer> await_in_every_part_of_for() {
        int sum = 0;
        for (int i = await(at(0)); i < await(at(3)); i += await(at(1))) {
            sum += await(at(i)) * i;
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<Long> while_and_do_while() {
        long sum = 0;
        int n = 0;
        while (await(at(n)) < 3) {
            sum += n++;
        }
        do {
            sum *= await(at(2L));
        } while (--n > await(at(0)));
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<String> for_each_over_arrays() {
        String r = "";
        for (int i : await(at(new int[] {1, 2, 3}))) {
            r += i + await(at(i));
        }
        for (long[] row : new long[][] {{1, 2}, {}, {3}}) {
            for (long l : row) {
                r += await(at(l)) + row.length;
            }
        }
        for (String s : await(at(new String[] {"a", null}))) {
            r += s;
            await(at(0));
            r += s;
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> for_each_over_collections() {
        List<String> list = new ArrayList<>();
        list.add("a");
        list.add(await(at("b")));
        Map<String, Integer> map = new LinkedHashMap<>();
        for (String s : list) {
            map.put(s, await(at(s.length())));
        }
        String r = "";
        for (Map.Entry<String, Integer> e : map.entrySet()) {
            r += e.getKey() + await(at(e.getValue())) + e;
        }
        for (Iterator<String> it = list.iterator(); it.hasNext(); ) {
            if (await(at(it.next())).equals("a")) {
                it.remove();
            }
        }
        return Coroutine.of(r + list);
    }

    @Async
    static Coroutine<String> concurrent_modification() {
        List<String> list = new ArrayList<>();
        list.add("a");
        for (String s : list) {
            list.add(await(at(s)));
        }
        return Coroutine.of("not reached");
    }

    @Async
    static Coroutine<String> labels() {
        StringBuilder r = new StringBuilder();
        outer:
        for (int i = 0; ; i++) {
            inner:
            while (true) {
                switch (await(at(i))) {
                    case 0:
                        continue outer;
                    case 1:
                        break inner;
                    case 2:
                        r.append(await(at("two")));
                        break;
                    default:
                        break outer;
                }
                if (await(at(true))) {
                    continue outer;
                }
            }
            r.append("inner ended ").append(i);
            block:
            {
                if (await(at(i)) == 1) {
                    break block;
                }
                r.append("not one");
            }
        }
        return Coroutine.of(r.toString());
    }

    @Async
    static Coroutine<Integer> variables_of_each_turn() {
        int total = 0;
        for (int i = 0; i < 3; i++) {
            int fresh = i * 2;
            long wide = await(at((long) fresh));
            String s = "s" + wide;
            {
                double d = await(at(0.5)) + fresh;
                total += (int) (d * s.length());
            }
            {
                String t = s + await(at(i));
                total += t.length();
            }
        }
        return Coroutine.of(total);
    }

    @Async
    static Coroutine<String> endless_with_return() {
        int n = 0;
        for (; ; ) {
            n += await(at(2));
            if (n > 5) {
                return Coroutine.of("n" + n);
            }
        }
    }

    @Async
    static Coroutine<String> endless_with_throw() {
        while (true) {
            log(await(at("turn")));
            if (await(at(true))) {
                throw new IllegalStateException("left by " + await(at("throw")));
            }
        }
    }

    @Async
    static Coroutine<Integer> two_counters() {
        int sum = 0;
        for (int i = 0, j = 5; i < j; i += await(at(1)), j--) {
            for (int k = j; k > i; k -= 2) {
                sum += i * j + await(at(k));
                if (k == 3) {
                    continue;
                }
                sum -= await(at(1));
            }
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<String> do_while_with_continue_and_break() {
        int n = 0;
        String r = "";
        do {
            n++;
            if (n == 2) {
                continue;
            }
            r += await(at(n));
            if (n == 4) {
                break;
            }
        } while (await(at(n)) < 10);
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<Integer> zero_turns() {
        int n = 0;
        while (await(at(false))) {
            n += await(at(1));
        }
        for (String s : new String[0]) {
            n += await(at(s)).length();
        }
        return Coroutine.of(n);
    }
}
