"""Writes the random program that belongs to a seed, as the lines that `interpret.py` and its Java twin run.

    eager                      tasks begin at once (`eager_task_factory`)
    messages                   some cancellations carry a message
    new L0 lock                what is there from the start: locks, queues, context variables, ...
    body c0                    an async function; c0 is the program. Bodies use only bodies of higher numbers, so that it ends
     try                       what stands under a line is indented by one space
      do
       await t1
      except cancelled
       log caught
    callback k0                a plain function, of plain calls

A name with a `=` is defined there. `!` before a call lets its failure go on outwards; otherwise it is logged only.
`interpret.py` has the operations, one method each.

What CPython leaves open, or changed within 3.13, is kept out: see the README of the folder above. Two tasks that await each other, whose
cancellation would never end, are kept out while the program runs (`Who.rank`).
"""

import random

BODIES = 6
CALLBACKS = 4
DELAYS = [0, 0, 0, 1, 1, 2, 3, 5, 5, 10, 10, 20]


class Generator:

    def __init__(self, seed):
        self.random = random.Random(seed)
        chance = self.random.random
        self.is_eager = chance() < 0.15
        self.has_messages = chance() < 0.2
        self.weights = {group: self.random.choice([0, 0.3, 1, 1, 3]) for group in GROUPS}
        self.weights["tasks"] = self.weights["tasks"] or 1
        if chance() < 0.5:  # about one or two things, so that tasks meet there
            focus = self.random.sample([group for group in GROUPS if group != "as_completed"], 2)
            self.weights = {group: 6 if group in focus else weight * 0.3 for group, weight in self.weights.items()}
            self.weights["tasks"] = max(self.weights["tasks"], 1.5)
        self.favourites = {kinds: self.random.choice(kinds.split()) for kinds in RESOURCES}
        self.numbers = {kind: 0 for kind in "afgshTGxr"}
        self.is_leaf = False
        self.tasks = self.random.choice([3, 5, 8])

    def program(self):
        lines = ["eager"] * self.is_eager + ["messages"] * self.has_messages
        lines += [f"new {name} {kind}" for name, kind in self.resources()]
        for index in range(BODIES):
            self.index = index
            lines.append(f"body c{index}")
            lines += self.block(1, self.random.randint(8, 13) if index == 0 else self.random.randint(2, 6), index == 0)
        for index in range(CALLBACKS):
            self.index = index
            lines.append(f"callback k{index}")
            for _ in range(self.random.randint(1, 3)):
                lines.append(" " + self.callback_call(index))
        return lines

    def resources(self):
        r = self.random
        return [("L0", "lock"), ("L1", "lock"), ("E0", "event"), ("C0", "condition"), ("S0", f"semaphore {r.choice([0, 1, 1, 2])}"),
                ("B0", f"bounded {r.randint(1, 2)}"), ("R0", f"barrier {r.randint(1, 3)}"), ("Q0", f"queue {r.randint(0, 2)}"),
                ("P0", f"priority {r.randint(0, 3)}"), ("K0", f"lifo {r.randint(0, 2)}"), ("v0", "variable"), ("v1", "variable")]

    # ------------------------------------------------------------------------------------------------------------ lines

    def block(self, depth, size, is_main=False):
        lines = []
        for i in range(size):
            if is_main and i < 3 and self.random.random() < 0.8:
                lines.append(" " * depth + self.task())
            elif is_main and self.random.random() < 0.4:
                # what fails, or waits for ever, is not to end everything
                lines += [" " * depth + "try", " " * depth + " do"] + self.block(depth + 2, self.random.randint(1, 2))
                lines += [" " * depth + " except any"]
            elif self.random.random() < (0.28 if depth < 4 else 0):
                lines += self.nested(depth)
            else:
                lines += self.patient(depth, self.simple())
        return lines

    def patient(self, depth, line):
        """Not all waits are for ever, or most programs would soon stand still."""
        pad = " " * depth
        if line.split()[0] not in BLOCKING or self.random.random() < 0.5:
            return [pad + line]
        limit = f"{pad}  timeout ={self.new('T')} {self.random.choice(DELAYS)}"
        return [pad + "try", pad + " do", limit, pad + "   " + line, pad + " except timeout"]

    def nested(self, depth):
        r = self.random
        kinds = ["try"] * 6 + ["repeat"] + ["timeout"] * self.often("timeout") + ["group"] * self.often("group")
        kinds += ["with"] * self.often("locks") + ["as_completed"] * self.often("as_completed")
        kind = r.choice(kinds)
        pad = " " * depth
        size = r.randint(1, 4)
        if kind == "try":
            lines = [pad + "try", pad + " do"] + self.block(depth + 2, size)
            has_finally = r.random() < 0.4
            if not has_finally or r.random() < 0.6:
                caught = r.choice(["any", "exception", "cancelled", "cancelled", "boom", "timeout", "group"])
                lines += [f"{pad} except {caught}"] + self.block(depth + 2, r.randint(0, 2))
            if has_finally:
                lines += [pad + " finally"] + self.block_without_return(depth + 2, r.randint(1, 2))
            return lines
        if kind == "repeat":
            return [f"{pad}repeat {r.randint(2, 3)}"] + self.block(depth + 1, r.randint(1, 3))
        if kind == "timeout":
            name = self.new("T")
            head = f"timeout ={name} {self.delay(True)}" if r.random() < 0.7 else f"timeout_at ={name} {r.choice(DELAYS)}"
            return [pad + head] + self.block(depth + 1, size)
        if kind == "group":
            name = self.new("G")
            lines = [f"{pad}group ={name}"]
            for _ in range(r.randint(0, 2)):
                lines.append(f"{pad} {self.task_in(name)}")
            return lines + self.block(depth + 1, r.randint(0, 3))
        if kind == "with":
            return [f"{pad}with {self.resource(HELD)}"] + self.block(depth + 1, size)
        caught = r.choice(["any", "exception", "boom"])
        items = " ".join(self.item() for _ in range(r.randint(1, 4)))
        return [f"{pad}as_completed {self.delay(True)} {caught} {items}"] + self.block(depth + 1, r.randint(0, 1))

    def block_without_return(self, depth, size):
        return [line for line in self.block(depth, size) if not line.lstrip().startswith("return")]

    def often(self, group):
        return round(self.weights[group] * 2)

    def simple(self):
        r = self.random
        groups = list(GROUPS)
        while True:
            group = r.choices(groups, [self.weights[g] * GROUPS[g][0] for g in groups])[0]
            line = r.choice(GROUPS[group][1])(self)
            if line is not None:
                return line

    def callback_call(self, index):
        """A plain call. Tasks that callbacks create run the last body, which asks for no callbacks: else a program could go on for ever."""
        while True:
            self.index = BODIES - 2
            line = self.simple()
            self.index = index
            words = line.split()
            if words[0] in AWAITS or words[0] == "return" or any(word.startswith("k") and int(word[1:]) <= index for word in words[1:]):
                continue
            return line

    # ------------------------------------------------------------------------------------------------------------ words

    def new(self, kind):
        """A name for what is made: of a small number, so that others find it."""
        limit = self.tasks if kind in "tx" else 4
        if kind == "x":
            limit = 2
        self.numbers[kind] = self.numbers.get(kind, 0) % limit + 1
        return f"{kind}{self.numbers[kind]}"

    def old(self, kind):
        made = self.numbers.get(kind, 0)
        if made == 0:
            return None
        return f"{kind}{self.random.randint(1, made)}"

    def any_future(self):
        kinds = ["t"] * 6 + ["f"] * 3 + ["g"] * 2 + ["s"] * 2
        names = [name for name in (self.old(kind) for kind in self.random.choices(kinds, k=4)) if name]
        return names[0] if names else "t1"

    def task_name(self):
        return self.old("t") or "t1" if self.random.random() < 0.9 else "t0"

    def body(self):
        if self.index >= BODIES - 1:
            return None
        return f"c{min(self.random.randint(self.index + 1, BODIES - 1), self.random.randint(self.index + 1, BODIES - 1))}"

    def item(self):
        return (self.random.random() < 0.5 and self.body()) or self.any_future()

    def items(self, low, high):
        return " ".join(self.item() for _ in range(self.random.randint(low, high)))

    def delay(self, may_be_none=False):
        if may_be_none and self.random.random() < 0.1:
            return "none"
        if self.random.random() < 0.03:
            return "-1"
        return str(self.random.choice(DELAYS))

    def callback(self):
        # the last body asks for no callbacks
        return None if self.index >= BODIES - 1 else f"k{self.random.randrange(CALLBACKS)}"

    def with_callback(self, before, after=""):
        callback = self.callback()
        return None if callback is None or before is None else f"{before} {callback}{after}"

    def of(self, operation, name, *rest):
        return None if name is None else " ".join([operation, name, *rest])

    def strict(self, line):
        return "! " + line if line is not None and self.random.random() < 0.3 else line

    # ------------------------------------------------------------------------------------------------------------ operations

    def task(self):
        body = self.body()
        if body is None:
            return None
        line = f"task ={self.new('t')} {body}"
        context = self.old("x") if not self.is_eager and self.random.random() < 0.15 else None
        return line + (" " + context if context else "")

    def task_in(self, group):
        body = self.body()
        return f"log {self.new('a')}" if body is None else f"task_in {group} ={self.new('t')} {body}"

    def late_task_in(self):
        group = self.old("G")
        return None if group is None or self.body() is None else self.task_in(group)

    def cancel(self):
        name = self.task_name() if self.random.random() < 0.6 else self.any_future()
        return f"cancel {name}" + (f" m{self.random.randint(1, 9)}" if self.has_messages and self.random.random() < 0.6 else "")

    def wait_for(self):
        return f"wait_for {self.delay(True)} {self.item()}"

    def wait(self):
        futures = dict.fromkeys(self.any_future() for _ in range(self.random.randint(1, 4)))
        return f"wait {self.random.choice(['first', 'exception', 'all'])} {self.delay(True)} {' '.join(futures)}"

    def gather(self):
        return f"gather ={self.new('g')} {self.random.choice(['plain', 'plain', 'outcomes'])} {self.items(0, 4)}".rstrip()

    def resource(self, kinds):
        return self.favourites[kinds] if self.random.random() < 0.7 else self.random.choice(kinds.split())

    def soon(self):
        context = self.old("x") if self.random.random() < 0.2 else None
        return self.with_callback(f"call_soon ={self.new('h')}", " " + context if context else "")

    def number(self):
        return str(self.random.randint(1, 5))


def _sleep(g):
    return f"sleep {g.delay()}"


HELD = "L0 L1 C0 S0 B0"
QUEUES = "Q0 P0 K0"
RESOURCES = [HELD, QUEUES]

G = Generator
GROUPS = {
    "tasks": (5, [_sleep, _sleep, _sleep, _sleep, G.task, G.task, G.cancel, G.cancel, lambda g: f"await {g.any_future()}",
                  lambda g: f"await {g.any_future()}", lambda g: g.of("await", g.body())]),
    "control": (2, [lambda g: f"log {g.new('a')}", lambda g: f"return {g.new('r')}" if g.random.random() < 0.6 else None, lambda g: f"! raise boom {g.new('r')}",
                    lambda g: f"! raise boom {g.new('r')}", lambda g: "! raise cancelled", lambda g: "! raise timeout"]),
    "queries": (2, [lambda g: f"state {g.any_future()}", lambda g: g.strict(f"result {g.any_future()}"),
                    lambda g: g.strict(f"exception {g.any_future()}"), lambda g: "me", lambda g: f"cancelling {g.task_name()}",
                    lambda g: f"uncancel {g.task_name()}", lambda g: "await_self" if g.random.random() < 0.2 else None]),
    "futures": (2, [lambda g: f"future ={g.new('f')}", lambda g: g.strict(g.of("set_result", g.old("f"), g.number())),
                    lambda g: g.strict(g.of("set_exception", g.old("f"), g.number())), lambda g: g.of("await", g.old("f")),
                    lambda g: f"ensure ={g.new('f')} {g.item()}"]),
    "callbacks": (2, [lambda g: g.with_callback(f"add_callback {g.any_future()}"),
                      lambda g: g.with_callback(f"add_callback {g.any_future()}"),
                      lambda g: g.with_callback(f"remove_callback {g.any_future()}")]),
    "handles": (2, [G.soon, lambda g: g.with_callback(f"call_later ={g.new('h')}", " " + g.delay()),
                    lambda g: g.with_callback(f"call_at ={g.new('h')}", " " + g.delay()), lambda g: g.of("cancel_handle", g.old("h"))]),
    "gather": (2, [G.gather, G.gather, lambda g: g.of("await", g.old("g")), lambda g: g.of("cancel", g.old("g"))]),
    "wait": (1, [G.wait]),
    "wait_for": (2, [G.wait_for]),
    "shield": (1.5, [lambda g: f"shield ={g.new('s')} {g.item()}", lambda g: g.of("await", g.old("s")),
                     lambda g: g.of("cancel", g.old("s"))]),
    "timeout": (1, [lambda g: g.of("reschedule", g.old("T"), g.delay(True)), lambda g: g.of("deadline", g.old("T"))]),
    "group": (1, [G.late_task_in]),
    "as_completed": (0, [_sleep]),
    "locks": (3, [lambda g: f"acquire {g.resource(HELD)}", lambda g: g.strict(f"release {g.resource(HELD)}"),
                  lambda g: g.strict(f"release {g.resource(HELD)}"), lambda g: f"locked {g.resource(HELD)}"]),
    "events": (1, [lambda g: "wait_here E0", lambda g: "set_event E0", lambda g: "clear_event E0", lambda g: "is_set E0"]),
    "conditions": (2, [lambda g: "wait_here C0", lambda g: g.strict(f"notify C0 {g.random.choice(['1', '2', 'all'])}"),
                       lambda g: f"wait_until C0 {g.number()}", lambda g: "count", lambda g: "acquire C0", lambda g: "release C0"]),
    "barriers": (1, [lambda g: "wait_here R0", lambda g: "wait_here R0", lambda g: "wait_here R0", lambda g: "barrier R0",
                     lambda g: g.random.choice(["abort R0", "reset R0", None])]),
    "queues": (3, [lambda g: f"put {g.resource(QUEUES)} {g.number()}", lambda g: f"put {g.resource(QUEUES)} {g.number()}",
                   lambda g: f"get {g.resource(QUEUES)}", lambda g: f"get {g.resource(QUEUES)}",
                   lambda g: g.strict(f"put_nowait {g.resource(QUEUES)} {g.number()}"),
                   lambda g: g.strict(f"get_nowait {g.resource(QUEUES)}"), lambda g: g.strict(f"task_done {g.resource(QUEUES)}"),
                   lambda g: f"join {g.resource(QUEUES)}", lambda g: f"queue {g.resource(QUEUES)}",
                   lambda g: f"shutdown {g.resource(QUEUES)} {g.random.choice(['now', 'later'])}" if g.random.random() < 0.15 else None]),
    "context": (1, [lambda g: f"set_variable v{g.random.randint(0, 1)} {g.new('a')}", lambda g: f"get_variable v{g.random.randint(0, 1)}",
                    lambda g: f"copy_context ={g.new('x')}", lambda g: g.with_callback(g.of("run_in", g.old("x")))]),
}

AWAITS = {"sleep", "await", "await_self", "wait_for", "wait", "acquire", "wait_here", "wait_until", "abort", "reset", "put", "get", "join"}
BLOCKING = {"acquire", "wait_here", "wait_until", "put", "get", "join"}


def generate(seed):
    """The lines of the program of a seed: always the same ones."""
    return Generator(seed).program()
