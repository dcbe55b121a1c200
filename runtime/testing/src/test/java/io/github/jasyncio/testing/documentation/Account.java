package io.github.jasyncio.testing.documentation;

import static io.github.jasyncio.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.testing.Exploration;
import io.github.jasyncio.testing.Schedules;
import java.time.Duration;

/** The README's first bug. */
final class Account {

    private int balance = 100;

    @Async
    Coroutine<Void> withdraw(int amount) {
        if (balance >= amount) {
            await(sleep(Duration.ofMillis(10))); // asks somebody
            balance -= amount;
        }
        return Coroutine.done();
    }

    @Async
    Coroutine<Void> withdrawLater(int amount) {
        await(sleep(Duration.ofMillis(10)));
        return withdraw(amount);
    }

    @Async
    static Coroutine<Void> withdrawTwice() {
        Account account = new Account();
        await(gather(account.withdraw(70), account.withdrawLater(70)));
        assertThat(account.balance).isEqualTo(30);
        return Coroutine.done();
    }

    static Exploration explore() {
        return Schedules.explore(() -> withdrawTwice()).times(1000).run();
    }
}
