#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What an administrator gives as --quota binds the relay of a guest's windows too."""
import contextlib
import pathlib
import socket
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # pylint: disable=wrong-import-position
from daemon_test import GUESTD, start_ready

HOST = stack.BUILD / "backend-compositor/host/xenglass-host"

# wl_display.get_registry: the object, size and opcode, the new object
GET_REGISTRY = struct.pack("<IIi", 1, 12 << 16 | 1, 2)

# the quota, and what the host must say of the first client
RULES = (
    ("connections=0", "the guest has as many as it may"),
    ("wayland-objects=1", "more objects than the limit"),
)


def check(run, number, quota, says):
    folder = run.folder / f"guest{number}"
    folder.mkdir()
    with open(folder / "log", "w", encoding="utf-8") as log:
        host = start_ready(run, [HOST, "--listen", folder / "link", "--wayland",
                                 run.folder / "screen", "--quota", quota], stderr=log)
    guestd = start_ready(run, [GUESTD, "--link", folder / "link", "--runtime-dir", folder])
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(stack.DEADLINE_S)
        client.connect(str(folder / "wayland-0"))
        # The end comes as a reset where the request was not read any more.
        with contextlib.suppress(ConnectionError):
            client.sendall(GET_REGISTRY)
            while client.recv(4096):
                pass
    stack.end(guestd)
    stack.end(host)
    lines = (folder / "log").read_text().splitlines()
    if len(lines) != 1 or says not in lines[0]:
        raise stack.Failure(f"{quota}: {lines} is not one line that says '{says}'")


def test():
    with stack.Run() as run:
        start_ready(run, [stack.COMPOSITOR, "--headless", "320x240", "--socket", "screen"])
        for number, (quota, says) in enumerate(RULES):
            check(run, number, quota, says)


if __name__ == "__main__":
    stack.main(test)
