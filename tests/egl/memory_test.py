#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the program whose allocations fail, in a guest.

usage: memory_test.py PROGRAM
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402


def test():
    program = pathlib.Path(sys.argv[1]).resolve()
    with stack.Run() as run:
        done = subprocess.run([stack.LOCAL, "--headless", "64x64", "--", program], text=True,
                              env=run.environment, stdout=subprocess.PIPE)
    if done.stdout != "all lives end well\n":
        raise stack.Failure(f"{done.stdout}exit status {done.returncode}")


if __name__ == "__main__":
    stack.main(test)
