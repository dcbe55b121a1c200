package io.github.jasyncio.transform;

import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.tree.MethodInsnNode;

/** Calls of the JDK, and of our own, that are known to stall an event loop, and what to call instead. */
final class BlockingCalls {

    private static final String TO_THREAD = "Run it in a thread of its own: await(toThread(() -> ...)).";
    private static final String AWAIT_STAGE = "Await it: await(future).";

    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("java/lang/Thread.sleep", "Write: await(sleep(duration));"),
            Map.entry("java/util/concurrent/TimeUnit.sleep", "Write: await(sleep(duration));"),
            Map.entry("java/lang/Thread.join", TO_THREAD),
            Map.entry("java/lang/Object.wait", "Use io.github.jasyncio.sync.Condition or Event."),
            Map.entry("java/util/concurrent/Future.get", TO_THREAD),
            Map.entry("java/util/concurrent/CompletableFuture.get", AWAIT_STAGE),
            Map.entry("java/util/concurrent/CompletableFuture.join", AWAIT_STAGE),
            Map.entry("java/util/concurrent/CountDownLatch.await", "Use io.github.jasyncio.sync.Event."),
            Map.entry("java/util/concurrent/CyclicBarrier.await", "Use io.github.jasyncio.sync.Barrier."),
            Map.entry("java/util/concurrent/Semaphore.acquire", "Use io.github.jasyncio.sync.Semaphore."),
            Map.entry("java/util/concurrent/locks/Lock.lock", "Use io.github.jasyncio.sync.Lock."),
            Map.entry("java/util/concurrent/locks/ReentrantLock.lock", "Use io.github.jasyncio.sync.Lock."),
            Map.entry("java/util/concurrent/locks/Condition.await", "Use io.github.jasyncio.sync.Condition."),
            Map.entry("java/util/concurrent/BlockingQueue.take", "Use io.github.jasyncio.sync.Queue."),
            Map.entry("java/util/concurrent/BlockingQueue.put", "Use io.github.jasyncio.sync.Queue."),
            Map.entry("java/util/concurrent/ExecutorService.awaitTermination", TO_THREAD),
            Map.entry("java/util/concurrent/ExecutorService.invokeAll", TO_THREAD),
            Map.entry("java/lang/Process.waitFor", "Await its exit: await(process.onExit())."),
            Map.entry("java/net/http/HttpClient.send", "Await the asynchronous form: await(client.sendAsync(...))."),
            Map.entry("io/github/jasyncio/Asyncio.run", "Await the coroutine instead: a loop runs already."),
            Map.entry("io/github/jasyncio/EventLoop.runUntilComplete", "Await it instead: a loop runs already."),
            Map.entry("io/github/jasyncio/EventLoop.runForever", "A loop runs already."));

    private BlockingCalls() {}

    /** What to do instead, if {@code call} is one of them. */
    static Optional<String> remedy(MethodInsnNode call) {
        return Optional.ofNullable(REMEDIES.get(call.owner + "." + call.name));
    }
}
