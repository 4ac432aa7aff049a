# SPDX-License-Identifier: MIT
"""the transport alone, each way of it beside the floor that it stands on (bench/ring.c says which)
"""
import collections
import re

import figures as numbers
import stack

GIVES = ("asleep", "awake")
IS_TIMED = True
RING = stack.BUILD / "bench" / "bench-ring"
LINE = re.compile(r"^(\w+)\s+([\d.]+) ns\s+([\d.]+) ns")


def seconds(plan):
    return 1.5 * plan.runs


def measure(bench):
    """{way: {"xenglass", "floor": nanoseconds of each run}}"""
    found = collections.defaultdict(lambda: {"xenglass": [], "floor": []})
    for _ in range(bench.plan.runs):
        for line in filter(None, map(LINE.match, bench.floor([RING]).splitlines())):
            found[line[1]]["xenglass"].append(float(line[2]))
            found[line[1]]["floor"].append(float(line[3]))
    return {"ns": found}


def show(raw):
    print(f"{'ns':44}{'xenglass':>12}{'floor':>12}{'ratio':>8}  quartiles")
    for way, cell in raw["ns"].items():
        ours, floor = (numbers.median(cell[side]) for side in ("xenglass", "floor"))
        found = numbers.ratios(cell, "xenglass", "floor")
        print(f"{way:44}{ours:12.1f}{floor:12.1f}{numbers.median(found):8.2f}"
              f"  {numbers.spread(found)}")  # fmt: skip


def figures(raw):
    """How many floors a call that waits takes."""
    return {way: numbers.figure(numbers.ratios(raw["ns"].get(way, {}), "xenglass", "floor"))
            for way in GIVES}  # fmt: skip
