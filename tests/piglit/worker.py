#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs programs as it is told, one after the other, where it was started: in a guest, or not.

A line of JSON on standard input for each: its command, folder, what to add to the environment and
after how many seconds it hangs. A line of JSON on standard output says what it printed, and how it
ended: an exit status, minus a signal's number, or null for one that was killed because it hung.

In a guest whose host process has ended, which the test that ran shall answer for, it says no more.
"""
import json
import os
import pathlib
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


def has_host(socket):
    """Whether the host process of the guest with that socket lives: a dead one has no words."""
    folder = os.fsencode(os.path.dirname(socket))
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes()
        except OSError:
            continue
        if b"xenglass-host" in words.split(b"\0")[0] and folder in words:
            return True
    return False


def main():
    socket = os.environ.get("XENGLASS_SOCKET")
    for line in sys.stdin:
        answer = run(json.loads(line))
        if socket and answer["status"] != 0 and not has_host(socket):
            break
        print(json.dumps(answer), flush=True)


main()
