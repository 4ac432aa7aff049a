#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""xenglass-local with the real stack: several guests on one screen, its picture, its report, Ctrl-C.

usage: local_stack_test.py guests | interrupt
"""
import os
import pathlib
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import png  # noqa: E402
import stack  # noqa: E402

GUESTS = 3
# The command waits for the picture, so that however slow the machine, there is a window in it.
SCRIPT = 'es2gears_wayland >/dev/null & while ! test -s "$0"; do sleep 0.1; done; kill -9 $!; wait; exit 3'
LONGEST_S = 256


def picture(run, after_s):
    """One run of the stack; (exit status, its picture, its report)."""
    shot, report = run.folder / f"{after_s}.png", run.folder / f"{after_s}.json"
    command = [stack.LOCAL, "--guests", GUESTS, "--headless", "1200x420", "--screenshot", shot]
    command += ["--screenshot-after", after_s, "--report", report]
    process = run.start(command + ["--", "sh", "-c", SCRIPT, shot])
    try:
        status = process.wait(after_s + stack.DEADLINE_S)
    except subprocess.TimeoutExpired:
        raise stack.Failure("the run does not end") from None
    run.check_nothing_left()
    return status, png.read(shot), stack.read_report(report)


def problem_with(image, report):
    """Each guest's colour must be on the screen, and a window's gears below it."""
    for guest in report["guests"]:
        rgb = tuple(bytes.fromhex(guest["colour"][1:]))
        frame = image.box(lambda c: c == rgb)
        if not frame or frame[2] - frame[0] < 100:
            return f"no frame of {guest['name']}'s colour"
        window = image.crop(*frame)
        if window.count(lambda c: c[0] > 150 and max(c[1:]) < 60) < 300:
            return f"no red gear in the window of {guest['name']}"
    return None


def problem_with_counters(report):
    """The gears were killed; what they counted up to then must be there, and fit together."""
    for guest in report["guests"]:
        if not guest["processes"]:
            return "no counters after a second"
        (process,) = guest["processes"]
        (window,) = process["windows"]
        times = window["frame_ms"]
        if not times:
            return "one frame in a second"
        if process["process"] != "es2gears_wayland" or window["frames"] != process["swaps"]:
            raise stack.Failure(f"counters {process}")
        if not 0 < times["p50"] <= times["p95"] <= times["max"] or window["bytes"] <= 0:
            raise stack.Failure(f"times {process}")
        mean = window["seconds"] * 1000 / (window["frames"] - 1)
        if abs(mean - times["mean"]) > 0.01 * mean:
            raise stack.Failure(f"the mean is {mean}, not {times['mean']}")
    return None


def guests():
    stack.need("grim", "es2gears_wayland")
    with stack.Run() as run:
        after_s = 2
        while True:
            status, image, report = picture(run, after_s)
            problem = problem_with(image, report) or problem_with_counters(report)
            if not problem:
                break
            png.write(stack.BUILD / "tests/programs/guests.png", image)
            after_s *= 2
            if after_s > LONGEST_S:
                raise stack.Failure(problem)
        if status != 3 or [guest["status"] for guest in report["guests"]] != [3] * GUESTS:
            raise stack.Failure(f"status {status}, report {report}")


def shows_gears(run, path):
    """True once there are gears on the screen of the only run in the folder."""
    for socket in run.folder.glob("xenglass-*/screen"):
        environment = {**run.environment, "WAYLAND_DISPLAY": str(socket)}
        if subprocess.run(["grim", path], env=environment, stderr=subprocess.DEVNULL).returncode:
            return False
        return png.read(path).count(lambda c: c[0] > 150 and max(c[1:]) < 60) > 300
    return False


def interrupt():
    """Ctrl-C on a whole stack that draws: it ends with 130, and nothing is left."""
    stack.need("grim", "es2gears_wayland")
    with stack.Run() as run:
        command = [stack.LOCAL, "--guests", "2", "--headless", "800x600", "--"]
        process = run.start(
            command + ["es2gears_wayland"], stdout=subprocess.DEVNULL, process_group=0
        )
        screen = run.folder / "screen.png"
        stack.wait_until(lambda: shows_gears(run, screen), "gears on the screen")
        os.killpg(process.pid, signal.SIGINT)
        try:
            status = process.wait(stack.DEADLINE_S)
        except subprocess.TimeoutExpired:
            raise stack.Failure("it does not end") from None
        if status != 128 + signal.SIGINT:
            raise stack.Failure(f"exit status {status}")
        run.check_nothing_left()


TESTS = {"guests": guests, "interrupt": interrupt}

if __name__ == "__main__":
    stack.main(TESTS[sys.argv[1]])
