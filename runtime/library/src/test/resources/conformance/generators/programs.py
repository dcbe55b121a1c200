"""Random programs of async generators: makes them from seeds, runs them, and prints them with their traces.

    python3.13 programs.py FIRST COUNT            prints
    python3.13 programs.py FIRST COUNT --check F  compares with what the file F has; exit status 1 if it is something else

A program has generators, each a list of steps in a try, and tasks, each a list of operations:

    generator g0
     step                an emit or another operation; what follows it is in an except, and in a finally
      do emit 1
      except raise
      finally sleep 0
     last emit 9         in a finally around all steps
    task t0
     next g0

`RandomGeneratorsTest` is the twin in Java of what runs them. Change both.
"""

import os
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))

from vloop import *
from vloop import fmt

# ---------------------------------------------------------------------------------------------------------------- making


def pick(r, *choices):
    """Of `(weight, choice)`."""
    return r.choices([c for _, c in choices], [w for w, _ in choices])[0]


def other(r, generators):
    return f"g{r.randrange(generators)}"


def in_body(r, generators, tasks):
    return pick(
        r,
        (10, f"emit {r.randrange(100)}"),
        (5, f"sleep {r.choice((0, 0, 1, 3))}"),
        (2, "raise Boom"),
        (1, "return"),
        (2, f"next {other(r, generators)}"),
        (1, f"close {other(r, generators)}"),
        (1, f"throw {other(r, generators)}"),
        (1, f"for {other(r, generators)} {r.randrange(1, 4)}"),
        (1, f"cancel t{r.randrange(tasks)}"))


def operation(r, generators, tasks):
    g = other(r, generators)
    return pick(
        r,
        (8, f"next {g}"),
        (3, f"send {g} {r.randrange(100, 200)}"),
        (3, f"throw {g}"),
        (1, f"exit {g}"),
        (3, f"close {g}"),
        (3, f"for {g} {r.randrange(1, 6)}"),
        (4, f"sleep {r.choice((0, 0, 1, 2))}"),
        (2, f"cancel t{r.randrange(tasks)}"),
        (1, f"renew {g}"))


def generate(seed):
    r = random.Random(seed)
    generators, tasks = r.randrange(1, 4), r.randrange(1, 4)
    lines = []
    for g in range(generators):
        lines.append(f"generator g{g}")
        for _ in range(r.randrange(1, 5)):
            lines.append(" step")
            for _ in range(r.randrange(1, 3)):
                lines.append(f"  do {in_body(r, generators, tasks)}")
            if r.random() < 0.6:
                lines.append(f"  except {in_body(r, generators, tasks)}")
            if r.random() < 0.5:
                lines.append("  except raise")
            if r.random() < 0.3:
                lines.append(f"  finally {pick(r, (5, 'sleep 0'), (3, 'sleep 2'), (1, 'emit 8'), (1, 'raise Boom'))}")
        lines.append(f" last {pick(r, (6, 'sleep 0'), (4, 'sleep 2'), (2, 'emit 9'), (1, 'raise Boom'))}")
    for t in range(tasks):
        lines.append(f"task t{t}")
        for _ in range(r.randrange(1, 8)):
            lines.append(f" {operation(r, generators, tasks)}")
    return lines


# ---------------------------------------------------------------------------------------------------------------- running


class InOrder(dict):
    """In place of the loop's WeakSet of generators, whose order is that of addresses."""

    def add(self, agen):
        self[agen] = None

    def discard(self, agen):
        self.pop(agen, None)


class World:
    def __init__(self, lines):
        self.trace = []
        self.bodies = {}
        self.programs = {}
        self.generators = {}
        self.kept = []
        self.tasks = {}
        self.fuel = 200
        current = None
        for line in lines:
            words = line.split()
            match words[0]:
                case "generator":
                    self.bodies[words[1]] = current = []
                case "task":
                    self.programs[words[1]] = current = []
                case "step":
                    current.append({"do": [], "except": [], "finally": []})
                case "do" | "except" | "finally":
                    current[-1][words[0]].append(words[1:])
                case "last":
                    current.append(words[1:])
                case _:
                    current.append(words)

    def log(self, *parts):
        parts = [ValueError() if isinstance(part, TypeError) else part for part in parts]  # Java has one for both
        self.trace.append(" ".join([str(asyncio.get_running_loop()._now // 1_000_000), *map(fmt, parts)]))

    def burns(self):
        """False when the program has done enough."""
        self.fuel -= 1
        return self.fuel >= 0

    def renew(self, name):
        self.generators[name] = g = self.generator(name)
        self.kept.append(g)

    async def generator(self, name):
        steps = self.bodies[name]
        self.log(name, "begins")
        try:
            for step in steps[:-1]:
                try:
                    for words in step["do"]:
                        if not self.burns():
                            return
                        if words[0] == "emit":
                            self.log(name, "was sent", (yield int(words[1])))
                        elif words[0] == "return":
                            return
                        else:
                            await self.act(name, words)
                except BaseException as e:
                    self.log(name, "catches", e)
                    for words in step["except"]:
                        if words[0] == "emit":
                            self.log(name, "was sent", (yield int(words[1])))
                        elif words[0] == "return":
                            return
                        elif words == ["raise"]:
                            raise
                        else:
                            await self.act(name, words)
                finally:
                    self.log(name, "finally")
                    for words in step["finally"]:
                        if words[0] == "emit":
                            self.log(name, "was sent", (yield int(words[1])))
                        else:
                            await self.act(name, words)
        finally:
            self.log(name, "last")
            words = steps[-1]
            if words[0] == "emit":
                self.log(name, "was sent", (yield int(words[1])))
            else:
                await self.act(name, words)

    async def act(self, who, words):
        match words:
            case ["sleep", n]:
                await asyncio.sleep(ms(int(n)))
            case ["raise", _]:
                raise Boom(who)
            case ["next", g]:
                self.log(who, "next", g, "->", await anext(self.generators[g]))
            case ["send", g, n]:
                self.log(who, "send", g, "->", await self.generators[g].asend(int(n)))
            case ["throw", g]:
                self.log(who, "throw", g, "->", await self.generators[g].athrow(Boom("by " + who)))
            case ["exit", g]:
                self.log(who, "exit", g, "->", await self.generators[g].athrow(GeneratorExit()))
            case ["close", g]:
                self.log(who, "close", g, "->", await self.generators[g].aclose())
            case ["for", g, n]:
                left = int(n)
                async for value in self.generators[g]:
                    self.log(who, "for", g, value)
                    left -= 1
                    if left == 0 or not self.burns():
                        break
                self.log(who, "for", g, "is over")
            case ["cancel", t]:
                self.log(who, "cancel", t, self.tasks[t].cancel() if t in self.tasks else None)
            case ["renew", g]:
                self.renew(g)
            case _:
                raise AssertionError(words)

    async def task(self, name):
        for words in self.programs[name]:
            if not self.burns():
                return
            try:
                await self.act(name, words)
            except BaseException as e:
                self.log(name, *words, "raised", e)

    async def main(self):
        loop = asyncio.get_running_loop()
        loop._asyncgens = InOrder()
        loop.set_exception_handler(lambda _, context: self.log("handler:", message_of(context), context.get("exception")))
        for name in self.bodies:
            self.renew(name)
        for name in self.programs:
            self.tasks[name] = asyncio.create_task(self.task(name), name=name)
        for _ in range(5):
            await asyncio.sleep(ms(10))
            for task in self.tasks.values():
                task.cancel()
        self.log("main", [task.done() for task in self.tasks.values()])
        await loop.shutdown_asyncgens()
        self.log("main", "shut down")
        for name in self.bodies:
            try:
                self.log("main", "next", name, await anext(self.generators[name]))
            except BaseException as e:
                self.log("main", "next", name, "raised", e)


kept = []


def run(lines):
    world = World(lines)
    kept.append(world)
    loop = new_loop()
    loop.run_until_complete(world.main())
    loop.close()
    return world.trace


def entry(seed):
    program = generate(seed)
    return "\n".join([f"=== {seed}", *program, "---", *run(program), ""])


def main(first, count, *check):
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    text = "".join(entry(seed) for seed in range(int(first), int(first) + int(count)))
    status = 0
    if check:
        with open(check[1], encoding="utf-8", newline="\n") as file:
            status = int(file.read() != text)
        print("as recorded" if status == 0 else "something else than recorded")
    else:
        sys.stdout.write(text)
    sys.stdout.flush()
    os._exit(status)  # at once: what the programs have left unfinished is not to be collected, which would run its finally blocks


import warnings

warnings.simplefilter("ignore")
main(*sys.argv[1:])
