"""The workloads with CPython's asyncio. Arguments: workload, size, depth, capacity, label, rounds.

Prints the result, then the median of the rounds: nanoseconds of one run, or for "memory" the bytes of all tasks.
"""

import asyncio
import statistics
import sys
import time
import tracemalloc

WORKLOAD = sys.argv[1]
SIZE, DEPTH, CAPACITY = (int(argument) for argument in sys.argv[2:5])
LABEL, ROUNDS = sys.argv[5], int(sys.argv[6])


async def ready(size):
    total = 0
    for i in range(size):
        total += await following(i)
    return total


async def following(i):
    return i


async def fib(n):
    if n < 2:
        return n
    return await fib(n - 1) + await fib(n - 2)


async def yields(size):
    count = 0
    for _ in range(size):
        await asyncio.sleep(0)
        count += 1
    return count


async def ping_pong(size):
    loop = asyncio.get_running_loop()
    table = [loop.create_future(), loop.create_future()]

    async def pong():
        for _ in range(size):
            value = await table[0]
            table[0] = loop.create_future()
            table[1].set_result(value + 1)

    other = asyncio.create_task(pong())
    total = 0
    for i in range(size):
        table[1] = loop.create_future()
        table[0].set_result(i)
        total += await table[1]
    await other
    return total


async def spawn(size):
    async def once(number):
        await asyncio.sleep(0)
        return number

    return sum(await asyncio.gather(*[asyncio.create_task(once(i)) for i in range(size)]))


async def deep(size):
    async def nest(depth):
        if depth == 0:
            return await yields(size)
        return await nest(depth - 1) + 1

    return await nest(DEPTH)


async def queue(size):
    items = asyncio.Queue(CAPACITY)

    async def produce():
        for i in range(size):
            await items.put(i)

    producer = asyncio.create_task(produce())
    total = 0
    for _ in range(size):
        total += await items.get()
    await producer
    return total


async def timers(size):
    async def once(number):
        await asyncio.sleep((1 + number % 50) / 1000)
        return number

    return sum(await asyncio.gather(*[asyncio.create_task(once(i)) for i in range(size)]))


async def cancel(size):
    async def wait_for(future):
        return await future

    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(wait_for(loop.create_future())) for _ in range(size)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    cancelled = 0
    for task in tasks:
        try:
            await task
        except asyncio.CancelledError:
            cancelled += 1
    return cancelled


async def skynet(size, number=0):
    if size == 1:
        return number
    each = size // 10
    return sum(await asyncio.gather(*[asyncio.create_task(skynet(each, number + i * each)) for i in range(10)]))


async def memory(size):
    global measured
    gate = asyncio.get_running_loop().create_future()

    async def outer(number, label):
        return await inner(number + 1, label) + number + len(label)

    async def inner(number, label):
        return await gate + number + len(label)

    tasks = [None] * size
    tracemalloc.start()
    for i in range(size):
        tasks[i] = asyncio.create_task(outer(i, LABEL))
    await asyncio.sleep(0)
    measured = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    gate.set_result(1)
    return sum(await asyncio.gather(*tasks))


RUN = {
    "ready": ready, "fib": fib, "yield": yields, "ping-pong": ping_pong, "spawn": spawn, "deep": deep, "queue": queue,
    "timers": timers, "cancel": cancel, "skynet": skynet, "skynet-million": skynet, "memory": memory,
}[WORKLOAD]
measured = 0
figures = []
for _ in range(ROUNDS):
    start = time.perf_counter_ns()
    result = asyncio.run(RUN(SIZE))
    figures.append(time.perf_counter_ns() - start if WORKLOAD != "memory" else measured)
print(result)
print(int(statistics.median(figures)))
print(sys.version.split()[0])
