# SPDX-License-Identifier: MIT
"""a call that waits for its answer, beside the bare round trip between two processes

On one processor neither can spin, so that both sleep; on all, each does what it does.
"""
import contextlib
import os

import contenders
import figures as numbers
import instructions
import stack

GIVES = ("one_cpu", "all_cpus")
IS_TIMED = True
FLOOR = stack.BUILD / "bench" / "bench-floor"


def seconds(plan):
    return 2 * plan.runs * 3 * 0.3


@contextlib.contextmanager
def one_cpu():
    """What is started meanwhile has one CPU, all together."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    yield
    os.sched_setaffinity(0, before)


def measure(bench):
    def call_ns(side):
        return bench.number(
            side, [instructions.CALLS, "sync", "3000"], environment=instructions.NO_DRIVER
        )

    ways = {side: lambda side=side: call_ns(side) for side in bench.sides}
    ways["ping"] = lambda: contenders.last_number(bench.floor([FLOOR, "ping", "20000"]))
    found = {}
    for name, cpus in (("one_cpu", one_cpu()), ("all_cpus", contextlib.nullcontext())):
        with cpus:
            found[name] = bench.in_turn(ways)
    return {"ns": found}


def show(raw):
    print(f"{'ns':44}{'one CPU':>12}{'quartiles':>18}{'all CPUs':>12}{'quartiles':>18}")
    for way in raw["ns"]["one_cpu"]:
        what = "round trip by two eventfds" if way == "ping" else f"glReadPixels of 1 pixel, {way}"
        row = ""
        for where in GIVES:
            runs = raw["ns"][where][way]
            row += f"{numbers.shown(numbers.median(runs), 0):>12}{numbers.spread(runs, 0):>18}"
        print(f"{what:44}{row}")


def figures(raw):
    """How many round trips a call takes."""
    return {
        where: numbers.figure(numbers.ratios(raw["ns"][where], "xenglass", "ping"))
        for where in GIVES
    }
