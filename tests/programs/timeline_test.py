#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The timeline of a run: each swap of the program's is the host's too, and comes to the screen."""
import pathlib
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "harness"), str(TESTS.parent / "bench")]
import stack  # noqa: E402
import timeline  # noqa: E402

FRAMES = 30
# The program ends with so many swaps on their way, at most.
IN_FLIGHT = 2
DRAW = [str(stack.BUILD / "tests/egl/xg-egl-still"), str(FRAMES)]


def swaps(events, program):
    names = timeline.programs(events)
    return [e["bind_id"] for e in events
            if e["name"] == "swap" and program in names[e["pid"]]]  # fmt: skip


def test():
    with stack.Run() as run:
        folder = run.folder / "timeline"
        folder.mkdir()
        if run.start([stack.LOCAL, "--", *DRAW], stdin=subprocess.DEVNULL).wait() != 0:
            raise stack.Failure("the program does not draw")
        if list(folder.iterdir()):
            raise stack.Failure("a timeline that nobody asked for")
        environment = {"XENGLASS_TIMELINE": str(folder)}
        if run.start([stack.LOCAL, "--", *DRAW], stdin=subprocess.DEVNULL, environment=environment).wait() != 0:
            raise stack.Failure("the program does not draw when there is a timeline")
        events = timeline.read(folder)
        theirs, ours = swaps(events, "still"), swaps(events, "host")
        shown = {e["id"] for e in events if e["ph"] == "e"}
        frames, parts = timeline.split(events)
    if len(set(theirs)) != FRAMES or frames != FRAMES or not (
        theirs[: len(ours)] == ours and len(theirs) - len(ours) <= IN_FLIGHT
    ):
        raise stack.Failure(f"the program swapped {theirs}, the host {ours}")
    if not shown or not shown <= set(ours):
        raise stack.Failure(f"on the screen came {shown}")
    for part in (("guest", "between swaps"), ("guest", "swap"), ("xenglass-host", "replay"),
                 ("xenglass-compositor", "paint"), ("screen", "on its way to the screen")):  # fmt: skip
        if not parts.get(part, 0) > 0:
            raise stack.Failure(f"no time for {part}: {parts}")
    print(f"{len(ours)} swaps, {len(shown)} of them shown")


if __name__ == "__main__":
    stack.main(test)
