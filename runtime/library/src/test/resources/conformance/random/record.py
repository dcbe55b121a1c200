"""Records random programs with their traces, or compares.

    python3.13 record.py                       writes seeds-000.txt and so on, and says which traces have changed
    python3.13 record.py --check               says so, but writes nothing; exit status 1 if any has
    python3.13 record.py --print FIRST COUNT   prints further programs with their traces, for the live test

A file has many programs: `=== SEED`, the program, `---`, its trace.
"""

import os
import re
import sys

sys.dont_write_bytecode = True

import generate
import interpret

SEEDS = 300
SEEDS_IN_A_FILE = 50
HERE = os.path.dirname(os.path.abspath(__file__))


def entry(seed):
    program = generate.generate(seed)
    return "\n".join([f"=== {seed}", *program, "---", *interpret.run(program), ""])


def record(is_check):
    changed = 0
    for first in range(0, SEEDS, SEEDS_IN_A_FILE):
        path = os.path.join(HERE, f"seeds-{first:03}.txt")
        entries = [entry(seed) for seed in range(first, first + SEEDS_IN_A_FILE)]
        for seed, (old, new) in enumerate(zip(split(path), entries), first):
            if old != new:
                changed += 1
                print(f"seed {seed} " + ("is new" if old is None else "has changed"))
        if not is_check:
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write("".join(entries))
    print(f"{SEEDS - changed} of {SEEDS} as recorded, {changed} changed")
    return 1 if is_check and changed else 0


def split(path):
    try:
        with open(path, encoding="utf-8", newline="\n") as file:
            entries = [text for text in re.split(r"(?m)^(?==== )", file.read()) if text]
    except FileNotFoundError:
        entries = []
    return entries + [None] * (SEEDS_IN_A_FILE - len(entries))


def main(arguments):
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    match arguments:
        case [] | ["--check"]:
            status = record(bool(arguments))
        case ["--print", first, count]:
            for seed in range(int(first), int(first) + int(count)):
                sys.stdout.write(entry(seed))
            status = 0
        case _:
            sys.exit(__doc__)
    sys.stdout.flush()
    os._exit(status)  # at once: what the programs have left unfinished is not to be collected, which would run its finally blocks


main(sys.argv[1:])
