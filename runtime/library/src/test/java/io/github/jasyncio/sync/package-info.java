/**
 * Tests of the locks and queues, beyond the traces of {@link io.github.jasyncio.conformance}.
 *
 * <p>Where the tests of CPython 3.13's {@code test_asyncio} are:
 *
 * <table>
 * <caption>CPython's test classes and ours</caption>
 * <tr><th>CPython</th><th>here</th><th>without a meaning in Java</th></tr>
 * <tr><td>test_locks.LockTests</td><td>{@code LockTest}</td><td>test_lock, test_lock_by_with_statement (awaiting or entering the lock itself: it
 *     does not compile), test_lock_doesnt_accept_loop_parameter (there is none)</td></tr>
 * <tr><td>test_locks.EventTests</td><td>{@code EventTest}</td><td></td></tr>
 * <tr><td>test_locks.ConditionTests</td><td>{@code ConditionTest}; test_ambiguous_loops: {@code LoopBindingTest}</td><td>that wait_for gives what its
 *     predicate found (test_wait_for_unacquired): a Java predicate is true or false</td></tr>
 * <tr><td>test_locks.SemaphoreTests</td><td>{@code SemaphoreTest}</td><td>test_semaphore (awaiting it)</td></tr>
 * <tr><td>test_locks.BarrierTests</td><td>{@code BarrierTest}</td><td>test_barrier (awaiting it); test_context_manager and its like go through {@code
 *     waitOn}, for {@code async with barrier} does nothing at its end</td></tr>
 * <tr><td>test_queues.QueueBasicTests</td><td>{@code QueueTest}, {@code QueueOrderTest}</td><td>test_generic_alias; test_repr apart from test_str (there
 *     is one text form, without an address)</td></tr>
 * <tr><td>test_queues.QueueGetTests, QueuePutTests</td><td>{@code QueueTest}, for all three kinds of queue</td><td>test_float_maxsize; test_get_with_putters
 *     puts a future of its own into the queue, here {@code a_putter_waits_for_room}</td></tr>
 * <tr><td>test_queues.LifoQueueTests, PriorityQueueTests</td><td>{@code QueueOrderTest}</td><td></td></tr>
 * <tr><td>test_queues._QueueJoinTestMixin, _QueueShutdownTestMixin</td><td>{@code QueueTest}</td><td></td></tr>
 * </table>
 */
@NullMarked
package io.github.jasyncio.sync;

import org.jspecify.annotations.NullMarked;
