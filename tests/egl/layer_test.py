#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Buffer ages and damage, with a driver that has them: layer.c before the host's own.

usage: layer_test.py CASE_PROGRAM LAYER_JSON

A program is told the same by the driver and through the stack, which it can be only if the same
rectangles have reached both. And in a steady frame it waits for no answer.
"""
import pathlib
import subprocess
import sys

import parity
from parity import stack

CASES = ["damage", "windows"]


def count_questions(run, compositor, program):
    """How often the case asked the host about its surface."""
    stats = run.folder / "stats.json"
    command = ["env", f"XENGLASS_STATS={stats}", program, "damage", "wayland"]
    done = compositor.guest("guest1", command, stdout=subprocess.DEVNULL)
    if done.wait(stack.DEADLINE_S) != 0:
        raise stack.Failure("the case fails")
    return stack.read_report(stats)["sync"].get("xgQuerySurface", 0)


def test():
    program, json = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    environment = parity.behind_layer(json)
    with stack.Run() as run:
        compositor = stack.Compositor(run)
        native = parity.run_all(
            run, run.folder / "native",
            lambda command: compositor.native("guest1", command, environment=environment),
            program, "wayland", CASES)
        if "not here" in native["damage"]:
            raise stack.Failure("the layer is not loaded")
        # For the host: the guest's own vendor library is set for it.
        run.environment |= environment
        ours = parity.run_all(
            run, run.folder / "xenglass",
            lambda command: compositor.guest("guest1", command), program, "wayland", CASES)
        wrong = parity.compare(native, ours)
        questions = count_questions(run, compositor, program)
    if wrong:
        raise stack.Failure(f"cases differ: {' '.join(wrong)}")
    # Of eighty frames; around resizes the host must be asked.
    if questions > 16:
        raise stack.Failure(f"the host was asked {questions} times")


if __name__ == "__main__":
    stack.main(test)
