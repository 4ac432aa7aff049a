#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Frames wait for nothing: no command is waited for as often as there are frames.

usage: steady_test.py XG-GL-CASE
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402

CASES = ("frames_es3", "frames_es31", "frames_es32", "frames_framebuffer", "frames_pipeline")
WAITS_MAX = 48  # in all, where the case has 64 frames


def count_waits(program, case):
    with stack.Run() as run:
        stats = run.folder / "frames.json"
        subprocess.run([stack.LOCAL, "--headless", "64x64", "--", "env", f"XENGLASS_STATS={stats}",
                        program, case],
                       env=run.environment, stdout=subprocess.DEVNULL, check=True)
        waits = stack.read_report(stats)["sync"]
    print(f"{case} waited for: {waits}")
    if not waits or sum(waits.values()) > WAITS_MAX:
        raise stack.Failure(f"{case} waited for: {waits}")


def test():
    for case in CASES:
        count_waits(pathlib.Path(sys.argv[1]).resolve(), case)


if __name__ == "__main__":
    stack.main(test)
