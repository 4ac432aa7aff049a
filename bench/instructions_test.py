#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Small GL calls cost no more instructions than instructions.txt says, give or take a tenth.

A count does not depend on the machine's load, as a time does. It does depend on the compiler, so
a build by another one is passed over.
"""
import functools
import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "tests" / "harness"))
import instructions  # noqa: E402
import stack  # noqa: E402

ALLOWED = pathlib.Path(__file__).with_name("instructions.txt")
GROWTH = 1.10


def read_allowed():
    """(what the code was made by, {GL call: instructions})"""
    lines = [line.split() for line in ALLOWED.read_text().splitlines() if line[0] != "#"]
    return lines[0][0], {call: int(number) for call, number in lines[1:]}


def check(made_by):
    known, allowed = read_allowed()
    if made_by != known:
        stack.skip(f"the counts are of a build by {known}, and this one is by {made_by}")
    stack.need("valgrind")
    with stack.Run() as run:
        start = functools.partial(
            stack.Compositor(run, 64, 64).guest, "guest1",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        counted = instructions.count(start, run.folder)
    if counted.keys() != allowed.keys():
        raise stack.Failure(f"counted {sorted(counted)}, not {sorted(allowed)}")
    for call, number in counted.items():
        print(f"{call:24}{allowed[call]:6}{number:8.0f}")
    grown = [call for call in counted if counted[call] > GROWTH * allowed[call]]
    if grown:
        raise stack.Failure(f"these cost more than {ALLOWED.name} says: {', '.join(grown)}")


if __name__ == "__main__":
    stack.main(lambda: check(sys.argv[1]))
