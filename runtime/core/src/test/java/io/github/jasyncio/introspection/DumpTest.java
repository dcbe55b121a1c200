package io.github.jasyncio.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The forms of a dump, of programs made up here. */
@NullUnmarked // null is tested as well
class DumpTest {

    private static StackTraceElement at(String method, int line) {
        return new StackTraceElement("shop.Orders", method, "Orders.java", line);
    }

    private static TaskDump.Awaiter by(int id, String name) {
        return new TaskDump.Awaiter(id, name);
    }

    private static TaskDump task(
            int id, String name, String waitsFor, List<StackTraceElement> stack, TaskDump.Awaiter... awaitedBy) {
        return new TaskDump(id, name, waitsFor == null ? "ready" : "waiting", waitsFor, stack, List.of(awaitedBy));
    }

    private static Dump dump(TaskDump... tasks) {
        return new Dump(List.of(
                new LoopDump(1, "main", true, List.of(), 0, 2, 17, tasks.length, List.of(tasks)),
                new LoopDump(3, null, true, List.of(), 1, 0, 1, 0, List.of())));
    }

    /** A main task that waits for a group of two, one of which waits for what the other does as well. */
    private static final Dump SHOP = dump(
            task(
                    1,
                    "Task-1",
                    "a future",
                    List.of(
                            new StackTraceElement("io.github.jasyncio.Asyncio", "taskGroup", "Asyncio.java", -1),
                            at("main", 30))),
            task(2, "prices", "parser", List.of(at("download", 12), at("prices", 20)), by(1, "Task-1")),
            task(3, "stock", "parser", List.of(at("stock", 25)), by(1, "Task-1")),
            task(4, "parser", "a sleep", List.of(at("parse", 40)), by(2, "prices"), by(3, "stock")),
            task(5, "watchdog", null, List.of(), by(0, "a gather")));

    private static final Dump DEADLOCK = dump(
            task(1, "main", "a", List.of(at("main", 1))),
            task(2, "a", "b", List.of(at("a", 2)), by(1, "main"), by(4, "c")),
            task(3, "b", "c", List.of(at("b", 3)), by(2, "a")),
            task(4, "c", "a", List.of(at("c", 4)), by(3, "b")),
            task(5, "self", "other", List.of(), by(6, "other")),
            task(6, "other", "self", List.of(), by(5, "self")));

    private static final Dump BUSY = new Dump(List.of(new LoopDump(
            1,
            "main",
            false,
            List.of(at("readFile", 50), at("main", 30)),
            4,
            0,
            9,
            3,
            List.of(task(1, "a", null, List.of(at("main", 30)))))));

    @Test
    void as_text_it_reads_like_a_thread_dump() {
        assertThat(SHOP).hasToString("""
                Event loop 1 on thread 'main': 0 ready, 2 scheduled, 5 tasks, 17 turns
                  Task 'Task-1' waiting for a future
                    at io.github.jasyncio.Asyncio.taskGroup(Asyncio.java)
                    at shop.Orders.main(Orders.java:30)
                  Task 'prices' waiting for parser; awaited by Task-1
                    at shop.Orders.download(Orders.java:12)
                    at shop.Orders.prices(Orders.java:20)
                  Task 'stock' waiting for parser; awaited by Task-1
                    at shop.Orders.stock(Orders.java:25)
                  Task 'parser' waiting for a sleep; awaited by prices, stock
                    at shop.Orders.parse(Orders.java:40)
                  Task 'watchdog' ready; awaited by a gather

                Event loop 3, not running: 1 ready, 0 scheduled, 0 tasks, 1 turn
                """);
    }

    @Test
    void as_a_table_each_task_is_a_row() {
        assertThat(SHOP.toTable()).isEqualTo("""
                LOOP  TASK  NAME      STATE                 AWAITED BY     COROUTINE STACK
                1     1     Task-1    waiting for a future                 io.github.jasyncio.Asyncio.taskGroup(Asyncio.java)
                                                                           shop.Orders.main(Orders.java:30)
                1     2     prices    waiting for parser    Task-1         shop.Orders.download(Orders.java:12)
                                                                           shop.Orders.prices(Orders.java:20)
                1     3     stock     waiting for parser    Task-1         shop.Orders.stock(Orders.java:25)
                1     4     parser    waiting for a sleep   prices, stock  shop.Orders.parse(Orders.java:40)
                1     5     watchdog  ready                 a gather
                """);
    }

    @Test
    void as_a_tree_each_task_stands_below_what_awaits_it() {
        assertThat(SHOP.toTree()).isEqualTo("""
                Event loop 1 on thread 'main': 0 ready, 2 scheduled, 5 tasks, 17 turns
                ├── Task-1, waiting
                │   │   shop.Orders.main(Orders.java:30)
                │   │   io.github.jasyncio.Asyncio.taskGroup(Asyncio.java)
                │   ├── prices, waiting
                │   │   │   shop.Orders.prices(Orders.java:20)
                │   │   │   shop.Orders.download(Orders.java:12)
                │   │   └── parser, waiting for a sleep
                │   │           shop.Orders.parse(Orders.java:40)
                │   └── stock, waiting
                │       │   shop.Orders.stock(Orders.java:25)
                │       └── parser (see above)
                └── watchdog, ready

                Event loop 3, not running: 1 ready, 0 scheduled, 0 tasks, 1 turn
                """);
    }

    @Test
    void in_a_tree_cycles_are_pointed_out() {
        assertThat(DEADLOCK.toTree()).startsWith("""
                Event loop 1 on thread 'main': 0 ready, 2 scheduled, 6 tasks, 17 turns
                ├── main, waiting
                │   │   shop.Orders.main(Orders.java:1)
                │   └── a, waiting
                │       │   shop.Orders.a(Orders.java:2)
                │       └── b, waiting
                │           │   shop.Orders.b(Orders.java:3)
                │           └── c, waiting
                │               │   shop.Orders.c(Orders.java:4)
                │               └── a (a cycle: it awaits itself)
                └── self, waiting
                    └── other, waiting
                        └── self (a cycle: it awaits itself)
                A cycle, these tasks wait for ever: a awaits b awaits c awaits a
                A cycle, these tasks wait for ever: self awaits other awaits self
                """);
    }

    @Test
    void as_json_it_holds_the_same() {
        Dump dump = new Dump(List.of(new LoopDump(
                1,
                "main",
                false,
                List.of(at("<init>", -1)),
                2,
                3,
                4,
                1,
                List.of(task(1, "say \"hé\"\n", "a\\b", List.of(at("main", 7)), by(0, "a gather"))))));

        assertThat(dump.toJson())
                .isEqualTo(
                        "{\"loops\":[{\"id\":1,\"thread\":\"main\",\"answered\":false,\"threadStack\":[{\"class\":\"shop.Orders\",\"method\":\"<init>\",\"file\":\"Orders.java\",\"line\":null}],\"ready\":2,\"scheduled\":3,\"turns\":4,\"taskCount\":1,\"tasks\":[{\"id\":1,\"name\":\"say \\\"h\\u00e9\\\"\\u000a\",\"state\":\"waiting\",\"waitsFor\":\"a\\\\b\",\"stack\":[{\"class\":\"shop.Orders\",\"method\":\"main\",\"file\":\"Orders.java\",\"line\":7}],\"awaitedBy\":[{\"id\":0,\"name\":\"a gather\"}]}]}]}");
        assertThat(new Dump(List.of()).toJson()).isEqualTo("{\"loops\":[]}");
    }

    @Test
    void a_busy_loop_is_told_with_the_place_where_its_thread_is() {
        assertThat(BUSY).hasToString("""
                Event loop 1 on thread 'main': 4 ready, 0 scheduled, 3 tasks, 9 turns
                  The loop's thread is busy and did not answer; what follows was read meanwhile. It is here:
                    at shop.Orders.readFile(Orders.java:50)
                    at shop.Orders.main(Orders.java:30)
                  Task 'a' ready
                    at shop.Orders.main(Orders.java:30)
                  ... and 2 more tasks
                """);
        assertThat(BUSY.toTable()).isEqualTo("""
                Event loop 1 on thread 'main': 4 ready, 0 scheduled, 3 tasks, 9 turns
                  The loop's thread is busy and did not answer; what follows was read meanwhile. It is here:
                    at shop.Orders.readFile(Orders.java:50)
                    at shop.Orders.main(Orders.java:30)

                LOOP  TASK  NAME  STATE  AWAITED BY  COROUTINE STACK
                1     1     a     ready              shop.Orders.main(Orders.java:30)
                  ... and 2 more tasks
                """);
        assertThat(BUSY.toTree()).contains("It is here:\n    at shop.Orders.readFile(Orders.java:50)\n");
    }

    @Test
    void a_process_without_loops_says_so() {
        Dump none = new Dump(List.of());

        assertThat(none).hasToString("No event loops\n");
        assertThat(none.toTree()).isEqualTo("No event loops\n");
        assertThat(none.toTable()).isEqualTo("LOOP  TASK  NAME  STATE  AWAITED BY  COROUTINE STACK\n");
    }

    @Test
    void a_long_chain_is_cut_off_in_a_tree() {
        List<TaskDump> chain = new ArrayList<>();
        for (int i = 1; i <= 20_000; i++) {
            chain.add(task(i, "t" + i, "t" + (i + 1), List.of(), by(i - 1, "t" + (i - 1))));
        }

        String tree = dump(chain.toArray(TaskDump[]::new)).toTree();

        assertThat(tree.lines().count()).isLessThan(200);
        assertThat(tree).contains("└── t101 ... and so on\n");
    }
}
