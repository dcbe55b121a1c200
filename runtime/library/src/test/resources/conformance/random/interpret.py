"""Runs a random program on CPython, on the virtual-time loop of `../vloop.py`, and gives the lines that it logs.

`Steps.java` and its neighbours do the same in Java, method by method, with the same awaits in the same places. Change both.
"""

import asyncio
import contextvars
import gc
import os
import re
import sys
import warnings
from dataclasses import dataclass, field

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

import vloop
from vloop import Boom, fmt, ms

warnings.simplefilter("ignore")  # of coroutines that a refused call has left unused

FUEL = 300             # nodes that a program may execute; then its blocks are empty
WATCHDOG_MS = 10_000   # when a program that has not ended is cancelled
PATIENCE = 20          # how often it is cancelled before the loop is stopped
DRAIN_MS = 100

OBJECT = re.compile(r"[tfgshTGx]\d+")  # what only exists once the program has made it


# ---------------------------------------------------------------------------------------------------------------- programs

@dataclass
class Node:
    words: list
    children: list = field(default_factory=list)


def parse(lines):
    """A tree of lines: what stands under a line is indented by one space more."""
    root = Node([])
    path = [root]
    for line in lines:
        depth = len(line) - len(line.lstrip(" "))
        node = Node(line.split())
        del path[depth + 1:]
        path[-1].children.append(node)
        path.append(node)
    return root.children


def run(lines):
    """The trace of a program, as a list of lines."""
    return Program(parse(lines)).run()


@dataclass(frozen=True)
class Who:
    """On whose behalf a node runs: a name for the trace, and the rank of its task.

    A task awaits only what has a higher rank, which is: was made later. Else two could wait for each other, and cancelling one of them
    would never end, in CPython no more than in Java.
    """

    name: str
    rank: int


class Skip(Exception):
    """The node cannot run now; the message says why."""


# What is unfinished must not be collected, for that would run its finally blocks: not in the end, and not when its name goes to another.
gc.disable()
_alive = []


class Program:

    def __init__(self, nodes):
        self.lines = []
        self.bodies = {node.words[1]: node for node in nodes if node.words[0] == "body"}
        self.callbacks = {}
        self.callback_nodes = {node.words[1]: node for node in nodes if node.words[0] == "callback"}
        self.made = [node.words for node in nodes if node.words[0] == "new"]
        self.is_eager = any(node.words[0] == "eager" for node in nodes)
        self.named = {}
        self.rank = {}
        self.last_rank = 0
        self.tasks = []
        self.selfish = []
        self.fuel = FUEL
        self.counter = 0
        self.loop = vloop.VirtualLoop()
        _alive.append(self)

    def run(self):
        self.loop.set_exception_handler(self.handle_exception)
        for words in self.made:
            self.make(words[1], words[2:])
        try:
            self.loop.run_until_complete(self.main())
        except BaseException as e:
            self.log("main raised", e)
        self.loop.run_until_complete(self.drain())
        return self.lines

    def handle_exception(self, loop, context):
        message = vloop.message_of(context)
        if not message.endswith("never retrieved") and message != "Task was destroyed but it is pending!":
            self.log("handler:", message, *([context["exception"]] if "exception" in context else []))

    async def main(self):
        main = asyncio.current_task()
        main.set_name("t0")
        self.named["t0"] = main
        self.rank["t0"] = 0
        self.tasks.append(main)
        if self.is_eager:
            self.loop.set_task_factory(asyncio.eager_task_factory)
        self.watchdog = self.loop.call_later(ms(WATCHDOG_MS), self.watch, 1)
        try:
            await self.body("c0", Who("main", 0))
        finally:
            self.watchdog.cancel()

    def watch(self, times):
        self.log("watchdog", times)
        if times == PATIENCE:
            self.loop.stop()
        else:
            self.named["t0"].cancel()
            self.watchdog = self.loop.call_later(ms(1), self.watch, times + 1)

    async def drain(self):
        self.log("drain")
        for task in self.tasks:
            if not task.done():
                task.cancel()
        await asyncio.sleep(ms(DRAIN_MS))

    def log(self, *parts):
        self.lines.append(" ".join([str(self.loop._now // 1_000_000), *map(fmt, parts)]))

    def make(self, name, words):
        kind, *numbers = words
        n = int(numbers[0]) if numbers else 0
        self.named[name] = {
            "lock": lambda: asyncio.Lock(),
            "event": lambda: asyncio.Event(),
            "condition": lambda: asyncio.Condition(),
            "semaphore": lambda: asyncio.Semaphore(n),
            "bounded": lambda: asyncio.BoundedSemaphore(n),
            "barrier": lambda: asyncio.Barrier(n),
            "queue": lambda: asyncio.Queue(n),
            "priority": lambda: asyncio.PriorityQueue(n),
            "lifo": lambda: asyncio.LifoQueue(n),
            "variable": lambda: contextvars.ContextVar(name, default="unset"),
        }[kind]()

    # ------------------------------------------------------------------------------------------------------------ names

    def get(self, name):
        return self.named[name]

    def put(self, name, value, rank=None):
        """`name` is written with a `=` where it is defined."""
        self.named[name[1:]] = value
        if rank is not None:
            self.rank[name[1:]] = rank
        return value

    def name_of(self, future):
        for name, value in self.named.items():
            if value is future:
                return name
        return "?"

    def new_rank(self):
        self.last_rank += 1
        return self.last_rank

    def check(self, words):
        for word in words[1:]:
            if OBJECT.fullmatch(word) and word not in self.named:
                raise Skip("no " + word)

    def check_rank(self, name, who):
        if name in self.rank and self.rank[name] <= who.rank:
            raise Skip(name + " is older")
        self.check_selfish(self.named.get(name))

    def check_selfish(self, task):
        """After a task has awaited itself, CPython's C tasks cannot be awaited any more; its Python tasks can."""
        if task in self.selfish:
            raise Skip("has awaited itself")

    def item(self, word, who, label):
        """A future by its name, or a new coroutine of a body, which is to run in a task of its own."""
        return self.body(word, Who(label, self.new_rank())) if word.startswith("c") else self.get(word)

    def items(self, words, who, label):
        return [self.item(word, who, f"{label}.{i}") for i, word in enumerate(words)]

    def lowest_rank(self, words):
        return min([self.rank.get(word, self.last_rank + 1) for word in words], default=self.last_rank + 1)

    def callback(self, name):
        if name not in self.callbacks:
            self.callbacks[name] = lambda *args: self.run_callback(name, args)
        return self.callbacks[name]

    def run_callback(self, name, args):
        if args:
            self.log(name, "is called for", self.name_of(args[0]))
        else:
            self.log(name, "is called")
        for node in self.callback_nodes[name].children:
            self.call(node, Who(name, 0))

    # ------------------------------------------------------------------------------------------------------------ control flow

    async def body(self, name, who, is_in_group=False):
        if is_in_group and self.is_eager:
            await asyncio.sleep(0)  # what fails while it is started eagerly, in a group, is another thing in 3.13.2 than in 3.13.0
        self.log(who.name, name, "begins")
        try:
            result = await self.block(self.bodies[name].children, who)
        except BaseException as e:
            self.log(who.name, name, "raises", e)
            raise
        self.log(who.name, name, "ends", result)
        return result

    async def block(self, nodes, who):
        """None, or what a `return` in it has returned."""
        for node in nodes:
            if self.fuel == 0:
                return None
            self.fuel -= 1
            result = await self.step(node, who)
            if result is not None:
                return result
        return None

    async def step(self, node, who):
        words = node.words
        operation = words[0]
        if operation == "return":
            return words[1]
        control = self.CONTROL.get(operation)
        try:
            self.check(words)
            if control is not None:
                return await control(self, node, who)
            awaited = self.AWAITED.get(operation)
            if awaited is None:
                self.call(node, who)
                return None
            self.log(who.name, *words, "->", await awaited(self, words, who))
        except Skip as reason:
            self.log(who.name, *words, "skipped:", str(reason))
        return None

    async def attempt(self, node, who):
        sections = {child.words[0]: child for child in node.children}
        try:
            return await self.block(sections["do"].children, who)
        except BaseException as e:
            if "except" not in sections or not self.matches(sections["except"].words[1], e):
                raise
            self.log(who.name, "catches", e)
            return await self.block(sections["except"].children, who)
        finally:
            if "finally" in sections:
                self.log(who.name, "finally")
                await self.block(sections["finally"].children, who)

    @staticmethod
    def matches(kind, e):
        if isinstance(e, Skip):
            raise AssertionError("nodes are skipped where they stand") from e
        return isinstance(e, {
            "any": BaseException, "exception": Exception, "cancelled": asyncio.CancelledError, "boom": Boom,
            "timeout": TimeoutError, "group": ExceptionGroup,
        }[kind])

    async def repeat(self, node, who):
        for _ in range(int(node.words[1])):
            result = await self.block(node.children, who)
            if result is not None:
                return result
        return None

    async def timeout(self, node, who):
        async with asyncio.timeout(self.delay(node.words[2])) as timeout:
            self.put(node.words[1], timeout)
            return await self.block(node.children, who)

    async def timeout_at(self, node, who):
        async with asyncio.timeout_at(self.loop.time() + self.delay(node.words[2])) as timeout:
            self.put(node.words[1], timeout)
            return await self.block(node.children, who)

    async def group(self, node, who):
        async with asyncio.TaskGroup() as group:
            self.put(node.words[1], group)
            return await self.block(node.children, who)

    async def hold(self, node, who):
        resource = self.get(node.words[1])
        async with resource:
            self.log(who.name, "holds", node.words[1])
            return await self.block(node.children, who)

    async def as_completed(self, node, who):
        _, limit, caught, *names = node.words
        for next_completed in asyncio.as_completed(self.items(names, who, who.name + ".as"), timeout=self.delay(limit)):
            try:
                self.log(who.name, "completed", await next_completed)
            except BaseException as e:
                if not self.matches(caught, e):
                    raise
                self.log(who.name, "completed with", e)
            result = await self.block(node.children, who)
            if result is not None:
                return result
        return None

    CONTROL = {"try": attempt, "repeat": repeat, "timeout": timeout, "timeout_at": timeout_at, "group": group, "with": hold,
               "as_completed": as_completed}

    # ------------------------------------------------------------------------------------------------------------ awaits

    @staticmethod
    def delay(word):
        return None if word == "none" else ms(int(word))

    async def sleep(self, words, who):
        return await asyncio.sleep(ms(int(words[1])))

    async def await_(self, words, who):
        self.check_rank(words[1], who)
        if words[1].startswith("c"):
            return await self.body(words[1], who)
        return await self.get(words[1])

    async def await_self(self, words, who):
        task = asyncio.current_task()
        self.check_selfish(task)
        self.selfish.append(task)
        return await task

    async def wait_for(self, words, who):
        self.check_rank(words[2], who)
        limit = self.delay(words[1])
        if words[2].startswith("c"):
            is_in_place = limit is None or limit > 0
            coroutine = self.body(words[2], who if is_in_place else Who(who.name + ".wf", self.new_rank()))
            return await asyncio.wait_for(coroutine, limit)
        return await asyncio.wait_for(self.get(words[2]), limit)

    async def wait(self, words, who):
        _, mode, limit, *names = words
        done, pending = await asyncio.wait([self.get(name) for name in names], timeout=self.delay(limit), return_when={
            "first": asyncio.FIRST_COMPLETED, "exception": asyncio.FIRST_EXCEPTION, "all": asyncio.ALL_COMPLETED}[mode])
        return [sorted(map(self.name_of, done)), sorted(map(self.name_of, pending))]

    async def acquire(self, words, who):
        return await self.get(words[1]).acquire()

    async def wait_here(self, words, who):
        return await self.get(words[1]).wait()

    async def wait_until(self, words, who):
        return await self.get(words[1]).wait_for(lambda: self.counter >= int(words[2]))

    async def abort(self, words, who):
        return await self.get(words[1]).abort()

    async def reset(self, words, who):
        return await self.get(words[1]).reset()

    async def put_(self, words, who):
        return await self.get(words[1]).put(int(words[2]))

    async def get_(self, words, who):
        return await self.get(words[1]).get()

    async def join(self, words, who):
        return await self.get(words[1]).join()

    AWAITED = {"sleep": sleep, "await": await_, "await_self": await_self, "wait_for": wait_for, "wait": wait, "acquire": acquire,
               "wait_here": wait_here, "wait_until": wait_until, "abort": abort, "reset": reset, "put": put_, "get": get_, "join": join}

    # ------------------------------------------------------------------------------------------------------------ plain calls

    def call(self, node, who):
        """What fails is logged, and goes on outwards only if the line begins with `!`."""
        is_strict = node.words[0] == "!"
        words = node.words[1:] if is_strict else node.words
        try:
            self.check(words)
            value = self.CALLS[words[0]](self, words, who)
        except Skip as reason:
            self.log(who.name, *words, "skipped:", str(reason))
        except BaseException as e:
            if isinstance(e, (LookupError, AttributeError, TypeError, NameError)):
                raise SystemExit(f"a mistake in {words}") from e
            self.log(who.name, *words, "raised", e)
            if is_strict:
                raise
        else:
            self.log(who.name, *words, *([] if value is None else ["->", value]))

    def raise_(self, words, who):
        raise Boom(words[2]) if words[1] == "boom" else {"cancelled": asyncio.CancelledError, "timeout": TimeoutError}[words[1]]()

    def log_(self, words, who):
        pass

    def count(self, words, who):
        self.counter += 1
        return self.counter

    def task(self, words, who):
        name, rank = words[1], self.new_rank()
        coroutine = self.body(words[2], Who(name[1:], rank))
        context = self.get(words[3]) if len(words) > 3 else None
        task = self.put(name, self.loop.create_task(coroutine, name=name[1:], context=context), rank)
        self.tasks.append(task)

    def task_in(self, words, who):
        _, group, name, body = words
        rank = self.new_rank()
        task = self.put(name, self.get(group).create_task(self.body(body, Who(name[1:], rank), True), name=name[1:]), rank)
        self.tasks.append(task)

    def ensure(self, words, who):
        _, name, word = words
        rank = self.new_rank() if word.startswith("c") else self.lowest_rank([word])
        self.put(name, asyncio.ensure_future(self.item(word, who, name[1:])), rank)

    def gather(self, words, who):
        _, name, mode, *rest = words
        rank = min(self.new_rank(), self.lowest_rank(rest))
        self.put(name, asyncio.gather(*self.items(rest, who, name[1:]), return_exceptions=mode == "outcomes"), rank)

    def shield(self, words, who):
        _, name, word = words
        rank = self.new_rank() if word.startswith("c") else self.lowest_rank([word])
        self.put(name, asyncio.shield(self.item(word, who, name[1:])), rank)

    def future(self, words, who):
        self.put(words[1], self.loop.create_future())

    def set_result(self, words, who):
        self.get(words[1]).set_result(words[2])

    def set_exception(self, words, who):
        self.get(words[1]).set_exception(Boom(words[2]))

    def cancel(self, words, who):
        future = self.get(words[1])
        return future.cancel(words[2]) if len(words) > 2 else future.cancel()

    def uncancel(self, words, who):
        return self.get(words[1]).uncancel()

    def cancelling(self, words, who):
        return self.get(words[1]).cancelling()

    def state(self, words, who):
        future = self.get(words[1])
        return [future.done(), future.cancelled()]

    def result(self, words, who):
        return self.get(words[1]).result()

    def exception(self, words, who):
        return self.get(words[1]).exception()

    def me(self, words, who):
        task = asyncio.current_task()
        return "nobody" if task is None else [self.name_of(task), task.cancelling()]

    def add_callback(self, words, who):
        self.get(words[1]).add_done_callback(self.callback(words[2]))

    def remove_callback(self, words, who):
        return self.get(words[1]).remove_done_callback(self.callback(words[2]))

    def call_soon(self, words, who):
        context = self.get(words[3]) if len(words) > 3 else None
        self.put(words[1], self.loop.call_soon(self.callback(words[2]), context=context))

    def call_later(self, words, who):
        self.put(words[1], self.loop.call_later(ms(int(words[3])), self.callback(words[2])))

    def call_at(self, words, who):
        self.put(words[1], self.loop.call_at(self.loop.time() + ms(int(words[3])), self.callback(words[2])))

    def cancel_handle(self, words, who):
        handle = self.get(words[1])
        before = handle.cancelled()
        handle.cancel()
        return [before, handle.cancelled()]

    def reschedule(self, words, who):
        limit = self.delay(words[2])
        self.get(words[1]).reschedule(None if limit is None else self.loop.time() + limit)

    def deadline(self, words, who):
        timeout = self.get(words[1])
        when = timeout.when()
        return ["none" if when is None else round(when * 1000), timeout.expired()]

    def set_variable(self, words, who):
        self.get(words[1]).set(words[2])

    def get_variable(self, words, who):
        return self.get(words[1]).get()

    def copy_context(self, words, who):
        self.put(words[1], contextvars.copy_context())

    def run_in(self, words, who):
        self.get(words[1]).run(self.callback(words[2]))

    def release(self, words, who):
        self.get(words[1]).release()

    def locked(self, words, who):
        return self.get(words[1]).locked()

    def set_event(self, words, who):
        self.get(words[1]).set()

    def clear_event(self, words, who):
        self.get(words[1]).clear()

    def is_set(self, words, who):
        return self.get(words[1]).is_set()

    def notify(self, words, who):
        if words[2] == "all":
            self.get(words[1]).notify_all()
        else:
            self.get(words[1]).notify(int(words[2]))

    def barrier(self, words, who):
        barrier = self.get(words[1])
        return [barrier.n_waiting, barrier.broken]

    def put_nowait(self, words, who):
        self.get(words[1]).put_nowait(int(words[2]))

    def get_nowait(self, words, who):
        return self.get(words[1]).get_nowait()

    def task_done(self, words, who):
        self.get(words[1]).task_done()

    def shutdown(self, words, who):
        self.get(words[1]).shutdown(words[2] == "now")

    def queue(self, words, who):
        queue = self.get(words[1])
        return [queue.qsize(), queue.empty(), queue.full()]

    CALLS = {"raise": raise_, "log": log_, "count": count, "task": task, "task_in": task_in, "ensure": ensure, "gather": gather, "shield": shield,
             "future": future, "set_result": set_result, "set_exception": set_exception, "cancel": cancel, "uncancel": uncancel,
             "cancelling": cancelling, "state": state, "result": result, "exception": exception, "me": me,
             "add_callback": add_callback, "remove_callback": remove_callback, "call_soon": call_soon, "call_later": call_later,
             "call_at": call_at, "cancel_handle": cancel_handle, "reschedule": reschedule, "deadline": deadline,
             "set_variable": set_variable, "get_variable": get_variable, "copy_context": copy_context, "run_in": run_in,
             "release": release, "locked": locked, "set_event": set_event, "clear_event": clear_event, "is_set": is_set,
             "notify": notify, "barrier": barrier, "put_nowait": put_nowait, "get_nowait": get_nowait, "task_done": task_done,
             "shutdown": shutdown, "queue": queue}
