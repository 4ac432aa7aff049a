#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is not waited for: the making of a fence, and surfaces that were current before.

usage: answers_test.py CASE_PROGRAM
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402


def waits(run, program, case):
    """How often the case waited for the host, by command."""
    stats = run.folder / f"{case}.json"
    subprocess.run([stack.LOCAL, "--headless", "64x64", "--", "env", f"XENGLASS_STATS={stats}",
                    program, case, "surfaceless"],
                   env=run.environment, stdout=subprocess.DEVNULL, check=True)
    return stack.read_report(stats)["sync"]


def test():
    program = pathlib.Path(sys.argv[1]).resolve()
    with stack.Run() as run:
        fences, storm = (waits(run, program, case) for case in ("sync", "storm"))
    if "xgClientWaitSync" not in fences or "xgCreateSync" in fences:
        raise stack.Failure(f"waited for: {fences}")
    # Each of eight contexts meets one pair of surfaces, and one more at the end.
    if storm["xgMakeCurrent"] > 16:
        raise stack.Failure(f"waited for: {storm}")


if __name__ == "__main__":
    stack.main(test)
