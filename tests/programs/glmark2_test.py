#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""glmark2's own validation, and how often its scenes wait for the host.

usage: glmark2_test.py validate | options | modes | steady

options: the same for each value of each option that glmark2 lists. modes: the same for a few scenes
with its own options: sizes up to 4096x4096, off-screen, visual configurations, ends of frames.
validate: each scene's pixels are checked by glmark2 itself; its verdict in a guest must be the one
that it gives on the host's driver. steady: once a scene has begun, no frame may contain a call
that waits for an answer.
"""
import collections
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

# What shows a rate, or is no list of what is drawn.
PASSED_OVER = ("show-fps",)
# Values of options that have no list.
TEXTS = ("title=xenglass", "fragment-precision=high,high,low,low", "vertex-precision=medium,high")
FEW_SCENES = ("texture:texture-filter=mipmap", "shading:shading=gouraud", "build:use-vbo=false")
MODES = (
    *(["--size", size] for size in ("1x1", "16x700", "1000x3", "1024x1024")),
    *(["--off-screen", "--size", size] for size in ("1x1", "800x600", "4096x64", "4096x4096")),
    ["--size", "4096x4096"],
    ["--fullscreen"],
    *(["--visual-config", config, *SMALL] for config in (
        "red=8:green=8:blue=8:alpha=8:buffer=24:stencil=8", "alpha=0", "red=5:green=6:blue=5:alpha=0",
        "red=10:green=10:blue=10:alpha=2", "stencil=8", "buffer=16", "buffer=32", "samples=4",
        "samples=16", "id=1", "id=9999", "red=32")),
    *(["--frame-end", end, *SMALL] for end in ("none", "swap", "finish", "readpixels")),
    *(["--swap-mode", mode, *SMALL] for mode in ("immediate", "mailbox", "fifo")),
    ["--reuse-context", *SMALL],
    ["--annotate", "--off-screen", *SMALL],
)  # fmt: skip


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


def options_of_scenes():
    """A benchmark for each value of each option that has a list of them."""
    listed = subprocess.run([glmark2.PROGRAM, "--list-scenes"], stdout=subprocess.PIPE, text=True,
                            check=True).stdout  # fmt: skip
    scene = option = ""
    for line in listed.splitlines():
        kind, _, value = line.strip().partition("]" if "[" in line else ":")
        value = value.strip()
        if kind == "[Scene":
            scene = value
            # The desktop's default blur takes most of a minute in software.
            little = ":blur-radius=1" if scene == "desktop" else ""
            if scene in ("shading", "desktop"):
                yield from (f"{scene}:{text}{little}" for text in TEXTS)
        elif kind == "[Option":
            option = value
        elif kind == "Acceptable Values" and option not in PASSED_OVER:
            # Of files, which are many, some, and not in each scene.
            values = value.split(",")
            if len(values) <= 5 or scene in ("build", "texture"):
                step = max(1, len(values) // 3)
                yield from (f"{scene}:{option}={each}{little}" for each in values[::step])


def compare(compositor, arguments):
    """(status, what glmark2 says of each scene): both must be the same natively and in a guest."""
    command = [glmark2.PROGRAM, "--validate", *arguments]
    said = []
    # Both at once: each waits for the other's processor less than for its own turn.
    processes = [start("guest1", command, stdout=subprocess.PIPE, text=True)
                 for start in (compositor.native, compositor.guest)]  # fmt: skip
    for process in processes:
        found = [(scene, glmark2.validation(text))
                 for scene, text in glmark2.read_lines(process.stdout)]  # fmt: skip
        said.append((process.wait(), found))
    if said[0] != said[1]:
        raise stack.Failure(f"{arguments}:\nnatively   {said[0]}\nin a guest {said[1]}")
    return said[0]


def options():
    stack.need(glmark2.PROGRAM)
    benchmarks = list(options_of_scenes())
    with stack.Run() as run:
        compositor = stack.Compositor(run, *SCREEN)
        arguments = [word for each in benchmarks for word in ("-b", each)]
        status, found = compare(compositor, ["--size", "64x48", "--off-screen", *arguments])
    verdicts = collections.Counter(verdict for _, verdict in found)
    print(f"{len(benchmarks)} benchmarks, status {status}: {dict(verdicts)}")
    if len(found) != len(benchmarks) or verdicts["Success"] < len(benchmarks) // 3:
        raise stack.Failure("glmark2 does not run them all, or validates few")


def modes():
    stack.need(glmark2.PROGRAM)
    scenes = [word for each in FEW_SCENES for word in ("-b", each)]
    with stack.Run() as run:
        compositor = stack.Compositor(run, *SCREEN)
        for mode in MODES:
            status, found = compare(compositor, [*mode, *scenes])
            print(f"{' '.join(mode)}: status {status}, {[verdict for _, verdict in found]}")


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


TESTS = {"validate": validate, "options": options, "modes": modes, "steady": steady}

if __name__ == "__main__":
    stack.main(TESTS[sys.argv[1]])
