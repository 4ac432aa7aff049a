#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Frames of GLES 3.0 wait for nothing: no command is waited for as often as there are frames.

usage: steady_test.py XG-GL-CASE
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402

WAITS_MAX = 32  # in all, where the case has 64 frames


def test():
    program = pathlib.Path(sys.argv[1]).resolve()
    with stack.Run() as run:
        stats = run.folder / "frames.json"
        subprocess.run([stack.LOCAL, "--headless", "64x64", "--", "env", f"XENGLASS_STATS={stats}",
                        program, "frames_es3"],
                       env=run.environment, stdout=subprocess.DEVNULL, check=True)
        waits = stack.read_report(stats)["sync"]
    print(f"waited for: {waits}")
    if not waits or sum(waits.values()) > WAITS_MAX:
        raise stack.Failure(f"waited for: {waits}")


if __name__ == "__main__":
    stack.main(test)
