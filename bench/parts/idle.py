# SPDX-License-Identifier: MIT
"""what guests take whose windows stand still: memory, and wake-ups of a whole stack"""
import contextlib
import pathlib
import re
import subprocess
import time

import figures as numbers
import stack

GIVES = ("memory_mib", "empty_mib", "switches")
IS_TIMED = False
STILL = stack.BUILD / "tests" / "egl" / "xg-egl-still"
# What one more guest takes is what some have, less what one has: what all share is told once.
MANY = 5
# Where a program's start is over.
WARM_S = 1.5
# What stands around a guest only on one machine takes no memory of a guest's.
NOT_OF_A_GUEST = "xenglass-local"


def seconds(plan):
    return plan.idle_s + 4 * (WARM_S + 1) + 6


def memory(run):
    """Octets that all processes of a run have: each page once, shared by how many it may be."""
    total = 0
    for pid, words in run.alive():
        if words and words.split()[0].endswith(NOT_OF_A_GUEST):
            continue
        with contextlib.suppress(OSError):
            text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) * 1024
    return total


def switches(run):
    """How often the threads of a run have given up a processor."""
    total = 0
    for pid, _ in run.alive():
        for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status"):
            with contextlib.suppress(OSError):
                total += sum(map(int, re.findall(r"ctxt_switches:\s+(\d+)", status.read_text())))
    return total


@contextlib.contextmanager
def windows(bench, side, count, is_drawing=True):
    """A stack with so many guests, or native programs, whose windows stand still; or, if they draw
    nothing, in which a shell waits."""
    names = [f"guest{i}" for i in range(count)]
    command = [STILL, "3"] if is_drawing else ["sh", "-c", "echo; read line"]
    with bench.apart(names) as apart:
        started = [apart.start(side, command, name, stdin=subprocess.PIPE) for name in names]
        for program in started:
            program.stdout.readline()
        time.sleep(WARM_S)
        yield apart.run
        for program in started:
            program.stdin.close()


def memory_of_one(bench, side, is_drawing):
    found = []
    for count in (1, MANY):
        with windows(bench, side, count, is_drawing) as run:
            found.append(memory(run))
    return (found[1] - found[0]) / (MANY - 1)


def measure(bench):
    octets = {
        kind: {side: memory_of_one(bench, side, is_drawing) for side in bench.sides}
        for kind, is_drawing in (("still", True), ("empty", False))
    }
    with windows(bench, "xenglass", 1) as run:
        before, start = switches(run), time.monotonic()
        time.sleep(bench.plan.idle_s)
        spent_s, slept = time.monotonic() - start, switches(run) - before
    return {"octets": octets, "switches": slept, "seconds": spent_s}


def more_mib(raw, kind):
    found = raw["octets"][kind]
    return (found["xenglass"] - found[numbers.reference(found)]) / 2**20


def show(raw):
    sides = numbers.sides(raw["octets"]["still"])
    print(f"{'one more, MiB':44}" + "".join(f"{side:>12}" for side in (*sides, "more")))
    for kind, what in (("still", "with a window that stands still"), ("empty", "that has not drawn")):
        row = "".join(f"{raw['octets'][kind][side] / 2**20:12.1f}" for side in sides)
        print(f"{what:44}{row}{more_mib(raw, kind):12.1f}")
    print(f"a window that stands still: {raw['switches']} context switches in {raw['seconds']:.0f} s")


def figures(raw):
    return {
        "memory_mib": numbers.exact(more_mib(raw, "still")),
        "empty_mib": numbers.exact(more_mib(raw, "empty")),
        "switches": numbers.exact(raw["switches"] / raw["seconds"]),
    }
