#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A stream that breaks a rule is ended, with one log line that says which; nobody else is.

usage: fault_test.py EVIL_PROGRAM
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # pylint: disable=wrong-import-position

EVIL = pathlib.Path(sys.argv[1]).resolve()

# what evil.c does, and what the line must say
RULES = (
    ("unknown-command", "unknown opcode"),
    ("too-short", "arguments cut off"),
    ("too-long", "left over"),
    ("without-context", "without a current context"),
    ("bulk-from-nowhere", "bulk"),
    ("wrong-size", "payload size"),
    ("bad-lengths", "do not add up"),
)


def test():
    with stack.Run() as run:
        for name, says in RULES:
            done = subprocess.run([stack.LOCAL, "--headless", "320x240", "--", EVIL, name],
                                  env=run.environment, capture_output=True, text=True,
                                  timeout=stack.DEADLINE_S, check=False)
            lines = done.stderr.splitlines()
            if done.returncode != 0:
                raise stack.Failure(f"{name}: status {done.returncode}: {done.stderr}")
            if len(lines) != 1 or "is ended: " not in lines[0] or says not in lines[0]:
                raise stack.Failure(f"{name}: {lines} is not one line that says '{says}'")
        run.check_nothing_left()


stack.main(test)
