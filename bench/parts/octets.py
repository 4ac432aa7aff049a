# SPDX-License-Identifier: MIT
"""octets that a GL call takes in the ring, its payload included, as the host traces them
"""
import re

import figures as numbers
import instructions

GIVES = ("small",)
IS_TIMED = False
TRACE = {"XENGLASS_TRACE": "1", "XENGLASS_LOG": "info"}
SEND_ALL = {"XENGLASS_SEND_ALL": "true"}
RECORD = re.compile(r"info: \d+/\d+ (\w+), (\d+) octets$")
# So often between two finishes.
BURST = 20


def seconds(plan):
    return 0.4 * len(instructions.NAMES)


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
    """{a call of bench-calls: (octets, octets where each call is sent)}"""

    def octets(name, environment):
        command = [instructions.CALLS, name, str(BURST)]
        said = bench.output(
            "xenglass", command, environment=instructions.NO_DRIVER | TRACE | environment)
        return octets_a_call(said.splitlines())

    return {name: (octets(name, {}), octets(name, SEND_ALL)) for name in instructions.NAMES}


def show(raw):
    print(f"{'':44}{'':>12}{'each sent':>12}")
    for name, octets in raw.items():
        row = "".join(f"{numbers.shown(value, 1):>12}" for value in octets)
        print(f"{instructions.marked(instructions.NAMES[name]):44}{row}")
    print(instructions.MARK)
    print("each sent: also what sets what is set, or is told of only when something is drawn, and in the")
    print("long forms that every host knows")


def figures(raw):
    usual, each = (
        numbers.greatest(
            instructions.small({instructions.NAMES[name]: [pair[i]] for name, pair in raw.items()}))
        for i in range(2)
    )  # fmt: skip
    return {"small": usual and usual._replace(note=f"{usual.note}; each sent: {each.note}")}
