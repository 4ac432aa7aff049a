#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""glmark2's default run in a guest and natively, under the same compositor, side by side.

Leaves build/demo/screenshot.png, a picture of a scene in the guest's window.
"""
import argparse
import shutil
import subprocess
import sys

import glmark2
import stack

SCREEN = (1024, 768)
QUICK = ["-b", ":duration=1"]
# The scene whose picture is kept: the one after this has begun once this one's line is there.
BEFORE_PICTURE = "[shading] shading=phong"


def run_once(name, start, picture=None):
    """Runs glmark2 by start(); prints what it says; answers {scene: milliseconds a frame}."""
    times = {}
    print(f"\n{name}", flush=True)
    process = start()
    for scene, text in glmark2.read_lines(process.stdout):
        times[scene] = glmark2.frame_time_ms(text)
        print(f"  {len(times):2}  {glmark2.short(scene, 60):60}  {text}", flush=True)
        if picture and scene == BEFORE_PICTURE:
            picture()
    status = process.wait()
    if status != 0:
        raise stack.Failure(f"glmark2 ended with {status} ({name})")
    return times


def demo(arguments):
    stack.build()
    stack.need(glmark2.PROGRAM, "grim")
    kept = stack.BUILD / "demo"
    kept.mkdir(exist_ok=True)
    (kept / "screenshot.png").unlink(missing_ok=True)
    command = [glmark2.PROGRAM, *(QUICK if arguments.quick else [])]
    pipe = {"stdout": subprocess.PIPE, "text": True}
    with stack.Run() as run:
        compositor = stack.Compositor(run, *SCREEN)

        def keep_picture():
            stack.wait_until(
                lambda: len(compositor.screenshot().colours()) > 300, "a scene on the screen"
            )
            shutil.copy(run.folder / "screenshot.png", kept / "screenshot.png")

        ours = run_once(
            "xenglass: glmark2 in a guest",
            lambda: compositor.guest("guest1", command, **pipe),
            keep_picture,
        )
        native = run_once(
            "native: glmark2 on the host", lambda: compositor.native("guest1", command, **pipe)
        )
    print()
    mean = glmark2.table([(scene, native.get(scene), ms) for scene, ms in ours.items()])
    print(f"\npicture: {kept / 'screenshot.png'}")
    if not mean or any(ms is None for ms in ours.values()) or len(ours) < len(native):
        raise stack.Failure("some scenes did not run")


def main():
    parser = argparse.ArgumentParser(prog="./xg demo", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a second for each scene")
    arguments = parser.parse_args()
    stack.main(lambda: demo(arguments))


if __name__ == "__main__":
    sys.exit(main())
