# SPDX-License-Identifier: MIT
"""a call that waits for its answer, beside the bare round trip between two processes

On one processor neither can spin, so that both sleep; on all, each does what it does. The goals are
held against a call in which a driver has nothing to do; one in which it has stands beside it.
"""
import contextlib
import os

import contenders
import figures as numbers
import instructions
import stack

GIVES = ("one_cpu", "all_cpus")
IS_TIMED = True
PING = "round trip by two eventfds"
CALLS = {"wait": "glGetError", "sync": "glReadPixels of 1 pixel"}
FLOOR = stack.BUILD / "bench" / "bench-floor"


def seconds(plan):
    return 2 * plan.runs * 0.9


@contextlib.contextmanager
def one_cpu():
    """What is started meanwhile has one CPU, all together."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    yield
    os.sched_setaffinity(0, before)


def way(call, side):
    return f"{CALLS[call]}, {side}"


def measure(bench):
    def call_ns(side, call):
        return bench.number(
            side, [instructions.CALLS, call, "3000"], environment=instructions.NO_DRIVER
        )

    ways = {
        way(call, side): lambda side=side, call=call: call_ns(side, call)
        for call in CALLS
        for side in bench.sides
    }
    ways[PING] = lambda: contenders.last_number(bench.floor([FLOOR, "ping", "20000"]))
    found = {}
    for name, cpus in (("one_cpu", one_cpu()), ("all_cpus", contextlib.nullcontext())):
        with cpus:
            found[name] = bench.in_turn(ways)
    return {"ns": found}


def show(raw):
    print(f"{'ns':44}{'one CPU':>12}{'quartiles':>18}{'all CPUs':>12}{'quartiles':>18}")
    for name in raw["ns"]["one_cpu"]:
        row = ""
        for where in GIVES:
            runs = raw["ns"][where][name]
            row += f"{numbers.shown(numbers.median(runs), 0):>12}{numbers.spread(runs, 0):>18}"
        print(f"{name:44}{row}")


def figures(raw):
    """How many round trips a call takes."""
    found = {}
    for where in GIVES:
        runs = raw["ns"][where]
        note = ", ".join(
            f"{name} {numbers.shown(numbers.median(numbers.ratios(runs, name, PING)))}"
            for name in runs
            if name.startswith(CALLS["sync"])
        )
        found[where] = numbers.figure(numbers.ratios(runs, way("wait", "xenglass"), PING), note)
    return found
