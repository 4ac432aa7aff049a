#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs programs as it is told, one after the other, where it was started: in a guest, or not.

A line of JSON on standard input for each: its command, folder, what to add to the environment and
after how many seconds it hangs. A line of JSON on standard output says what it printed, and how it
ended: an exit status, minus a signal's number, or null for one that was killed because it hung.
"""
import json
import os
import signal
import subprocess
import sys


def run(order):
    with subprocess.Popen(
        order["command"], cwd=order["folder"], env={**os.environ, **order["environment"]},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", start_new_session=True) as process:  # fmt: skip
        try:
            text, _ = process.communicate(timeout=order["limit_s"])
            return {"text": text, "status": process.returncode}
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            text, _ = process.communicate()
            return {"text": text, "status": None}


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
