# SPDX-License-Identifier: MIT
"""calls all the way into a driver of stubs: encoding and replay on a processor each
"""
import collections
import re

import figures as numbers
import instructions
import stack

GIVES = ("million_per_s",)
IS_TIMED = True
REPLAY = stack.BUILD / "bench" / "bench-replay"
LINE = re.compile(r"^\s*(\w+)\s+([\d.]+) ns a call")


def seconds(plan):
    return plan.runs


def measure(bench):
    """{GL call: nanoseconds of each run}"""
    found = collections.defaultdict(list)
    for _ in range(bench.plan.runs):
        for line in filter(None, map(LINE.match, bench.floor([REPLAY]).splitlines())):
            found[line[1]].append(float(line[2]))
    return {"ns": found}


def rates(raw):
    return {call: [1e3 / ns for ns in runs] for call, runs in raw["ns"].items()}


def show(raw):
    print(f"{'':44}{'ns':>12}{'million/s':>12}  quartiles")
    for call, found in rates(raw).items():
        ns, rate = numbers.median(raw["ns"][call]), numbers.median(found)
        print(f"{instructions.marked(call):44}{ns:12.1f}{rate:12.1f}  {numbers.spread(found, 1)}")
    print(instructions.MARK)


def figures(raw):
    found = rates(raw)
    slowest = numbers.least(instructions.small(found))
    others = ", ".join(
        f"{call} {numbers.shown(numbers.median(runs), 1)}"
        for call, runs in found.items()
        if call not in instructions.SMALL
    )
    if slowest and others:
        slowest = slowest._replace(note=f"{slowest.note}; with a payload, {others}")
    return {"million_per_s": slowest}
