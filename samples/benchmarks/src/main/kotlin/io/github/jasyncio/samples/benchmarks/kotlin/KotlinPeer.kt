package io.github.jasyncio.samples.benchmarks.kotlin

import io.github.jasyncio.samples.benchmarks.peer.HeapProbe
import io.github.jasyncio.samples.benchmarks.peer.Peer
import io.github.jasyncio.samples.benchmarks.peer.Workload
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

/** Kotlin's coroutines on the event loop of `runBlocking`. */
class KotlinPeer : Peer {

    override fun ready(size: Int): Long = runBlocking { readyLoop(size) }

    private suspend fun readyLoop(size: Int): Long {
        var sum = 0L
        for (i in 0 until size) {
            sum += next(i)
        }
        return sum
    }

    @Suppress("RedundantSuspendModifier")
    private suspend fun next(i: Int): Int = i

    override fun fib(size: Int): Long = runBlocking { fibonacci(size).toLong() }

    private suspend fun fibonacci(n: Int): Int {
        if (n < 2) {
            return n
        }
        return fibonacci(n - 1) + fibonacci(n - 2)
    }

    override fun yields(size: Int): Long = runBlocking { yieldLoop(size) }

    private suspend fun yieldLoop(size: Int): Long {
        var count = 0L
        for (i in 0 until size) {
            yield()
            count++
        }
        return count
    }

    override fun pingPong(size: Int): Long = runBlocking { ping(Table(), size) }

    private class Table {
        var ping = CompletableDeferred<Int>()
        var pong = CompletableDeferred<Int>()
    }

    private suspend fun CoroutineScope.ping(table: Table, size: Int): Long {
        val other = launch { pong(table, size) }
        var sum = 0L
        for (i in 0 until size) {
            table.pong = CompletableDeferred()
            table.ping.complete(i)
            sum += table.pong.await()
        }
        other.join()
        return sum
    }

    private suspend fun pong(table: Table, size: Int) {
        for (i in 0 until size) {
            val value = table.ping.await()
            table.ping = CompletableDeferred()
            table.pong.complete(value + 1)
        }
    }

    override fun spawn(size: Int): Long = runBlocking { sum(List(size) { async { yieldOnce(it) } }) }

    private suspend fun yieldOnce(number: Int): Int {
        yield()
        return number
    }

    private suspend fun sum(tasks: List<Deferred<Int>>): Long {
        var sum = 0L
        for (number in tasks.awaitAll()) {
            sum += number
        }
        return sum
    }

    override fun deep(size: Int): Long = runBlocking { nest(Workload.DEPTH, size) }

    private suspend fun nest(depth: Int, size: Int): Long {
        if (depth == 0) {
            return yieldLoop(size)
        }
        return nest(depth - 1, size) + 1
    }

    override fun queue(size: Int): Long = runBlocking { consume(size) }

    private suspend fun CoroutineScope.consume(size: Int): Long {
        val queue = Channel<Int>(Workload.CAPACITY)
        val producer = launch { produce(queue, size) }
        var sum = 0L
        for (i in 0 until size) {
            sum += queue.receive()
        }
        producer.join()
        return sum
    }

    private suspend fun produce(queue: Channel<Int>, size: Int) {
        for (i in 0 until size) {
            queue.send(i)
        }
    }

    override fun timers(size: Int): Long = runBlocking { sum(List(size) { async { sleepOnce(it) } }) }

    private suspend fun sleepOnce(number: Int): Int {
        delay(Workload.delayMillis(number).toLong())
        return number
    }

    override fun cancel(size: Int): Long = runBlocking { cancelAll(size) }

    private suspend fun CoroutineScope.cancelAll(size: Int): Long {
        val tasks = List(size) { launch { CompletableDeferred<Int>().await() } }
        yield()
        for (task in tasks) {
            task.cancel()
        }
        var cancelled = 0L
        for (task in tasks) {
            task.join()
            if (task.isCancelled) {
                cancelled++
            }
        }
        return cancelled
    }

    override fun skynet(size: Int): Long = runBlocking { node(0, size) }

    private suspend fun CoroutineScope.node(number: Long, size: Int): Long {
        if (size == 1) {
            return number
        }
        val each = size / 10
        val children = List(10) { async { node(number + it.toLong() * each, each) } }
        var sum = 0L
        for (child in children.awaitAll()) {
            sum += child
        }
        return sum
    }

    override fun memory(size: Int, probe: HeapProbe): Long = runBlocking { suspendAll(size, probe) }

    private suspend fun CoroutineScope.suspendAll(size: Int, probe: HeapProbe): Long {
        val tasks = ArrayList<Deferred<Int>>(size)
        val gate = CompletableDeferred<Int>()
        probe.before()
        for (i in 0 until size) {
            tasks.add(async { outer(i, Workload.LABEL, gate) })
        }
        yield()
        probe.suspended()
        gate.complete(1)
        return sum(tasks)
    }

    private suspend fun outer(number: Int, label: String, gate: Deferred<Int>): Int {
        val value = inner(number + 1, label, gate)
        return value + number + label.length
    }

    private suspend fun inner(number: Int, label: String, gate: Deferred<Int>): Int {
        val value = gate.await()
        return value + number + label.length
    }
}
