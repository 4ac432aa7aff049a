# SPDX-License-Identifier: MIT
"""octets that a GL call takes in the ring, its payload included, as the host traces them
"""
import re

import figures as numbers
import instructions

GIVES = ("small",)
IS_TIMED = False
TRACE = {"XENGLASS_TRACE": "1", "XENGLASS_LOG": "info"}
RECORD = re.compile(r"info: \d+/\d+ (\w+), (\d+) octets$")
# So often between two finishes.
BURST = 20


def seconds(plan):
    return 0.2 * len(instructions.NAMES)


def octets_a_call(lines):
    """Of a trace, what most bursts have sent between one finish and the next."""
    bursts = [0]
    for record in filter(None, map(RECORD.search, lines)):
        if record[1] == "glFinish":
            bursts.append(0)
        else:
            bursts[-1] += int(record[2])
    return numbers.median(bursts) / BURST


def measure(bench):
    """{a call of bench-calls: octets}"""
    return {
        name: octets_a_call(
            bench.output(
                "xenglass", [instructions.CALLS, name, str(BURST)],
                environment=instructions.NO_DRIVER | TRACE,
            ).splitlines()
        )
        for name in instructions.NAMES
    }  # fmt: skip


def show(raw):
    for name, octets in raw.items():
        print(f"{instructions.marked(instructions.NAMES[name]):44}{octets:12.1f}")
    print(instructions.MARK)


def figures(raw):
    ours = {instructions.NAMES[name]: [octets] for name, octets in raw.items()}
    return {"small": numbers.greatest(instructions.small(ours))}
