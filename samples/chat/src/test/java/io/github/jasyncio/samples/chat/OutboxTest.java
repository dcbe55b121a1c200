package io.github.jasyncio.samples.chat;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.testing.AsyncAssertions.runUntilIdle;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Task;
import io.github.jasyncio.testing.AsyncTest;
import java.util.List;

class OutboxTest {

    private final Outbox outbox = new Outbox();

    @AsyncTest
    void lines_come_out_in_order_until_it_is_closed_and_empty() {
        Task<List<String>> all = createTask(outbox.lines().toList());
        await(runUntilIdle());
        outbox.put("a");
        await(runUntilIdle());
        outbox.put("b");
        outbox.put("c");
        outbox.close();
        outbox.put("too late");

        assertThat(await(all)).containsExactly("a", "b", "c");
    }

    @AsyncTest
    void when_it_is_full_the_oldest_lines_go_and_that_is_said_in_their_place() {
        for (int i = 0; i < Outbox.CAPACITY + 3; i++) {
            outbox.put("line " + i);
        }
        outbox.close();

        assertThat(await(outbox.lines().toList()))
                .hasSize(Outbox.CAPACITY + 1)
                .startsWith("* you read too slowly: 3 lines were left out", "line 3", "line 4")
                .endsWith("line " + (Outbox.CAPACITY + 2));
    }
}
