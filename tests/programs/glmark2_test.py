#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""glmark2's own validation, and how often its scenes wait for the host.

usage: glmark2_test.py validate | steady

validate: each scene's pixels are checked by glmark2 itself; its verdict in a guest must be the one
that it gives on the host's driver. steady: once a scene has begun, no frame may contain a call
that waits for an answer.
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import glmark2  # noqa: E402
import stack  # noqa: E402

SCREEN = (900, 700)
SMALL = ["--size", "200x150"]
FRAMES = 12
# Frames end a scene here, not glmark2's ten seconds, in which a busy machine draws fewer.
SCENE_S = 3600
# In the first frames a program may still learn what it needs.
WARM_UP = 4


def read_verdicts(process):
    found = {}
    for scene, text in glmark2.read_lines(process.stdout):
        found[scene] = glmark2.validation(text)
    if process.wait() != 0:
        raise stack.Failure(f"glmark2 ended with {process.returncode}, after {list(found)[-1:]}")
    return found


def validate():
    stack.need(glmark2.PROGRAM)
    command = [glmark2.PROGRAM, "--validate"]
    pipe = {"stdout": subprocess.PIPE, "text": True}
    with stack.Run() as run:
        compositor = stack.Compositor(run, *SCREEN)
        native = read_verdicts(compositor.native("guest1", command, **pipe))
        ours = read_verdicts(compositor.guest("guest1", command, **pipe))
    for scene, verdict in native.items():
        print(f"{scene}: {verdict}, in a guest {ours.get(scene)}")
    if "Success" not in native.values():
        raise stack.Failure("glmark2 validates nothing here")
    if ours != native:
        raise stack.Failure("the verdicts differ")


def steady():
    stack.need(glmark2.PROGRAM)
    wrong = []
    with stack.Run() as run:
        compositor = stack.Compositor(run, *SCREEN)
        for number, scene in enumerate(glmark2.DEFAULT_RUN):
            report = run.folder / f"{number}.json"
            options = f"{scene}:nframes={FRAMES}:duration={SCENE_S}"
            command = [glmark2.PROGRAM, *SMALL, "-b", options]
            process = compositor.guest(
                "guest1", command, local=["--report", report], stdout=subprocess.DEVNULL
            )
            status = process.wait()
            processes = stack.read_report(report)["guests"][0]["processes"]
            stats = processes[0] if processes else None
            if status != 0 or not stats or stats["swaps"] < FRAMES:
                wrong.append(f"{scene}: status {status}, counters {stats}")
                continue
            at_swap = stats["sync_at_swap"]
            waits = at_swap[-1] - at_swap[WARM_UP]
            print(f"{glmark2.label(scene)}: {at_swap[-1]} in all, {waits} in steady frames")
            if waits:
                wrong.append(f"{scene}: {waits} waits in steady frames; all: {stats['sync']}")
    if wrong:
        raise stack.Failure("\n".join(wrong))


TESTS = {"validate": validate, "steady": steady}

if __name__ == "__main__":
    stack.main(TESTS[sys.argv[1]])
