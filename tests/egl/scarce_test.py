#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the program for which there is one stream and no bulk region.

usage: scarce_test.py PROGRAM
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402

HOST = stack.BUILD / "backend-compositor/host/xenglass-host"
GUESTD = stack.BUILD / "frontend-egl/guestd/xenglass-guestd"
# EGL_BAD_ALLOC
SAYS = """\
the first thread: bound
the second thread: not bound, 0x3003
an upload: the same, 0x0
the second thread, afterwards: 0x0
"""


def test():
    program = pathlib.Path(sys.argv[1]).resolve()
    with stack.Run() as run:
        link, folder = run.folder / "link", run.folder / "guest"
        run.start([HOST, "--listen", link, "--name", "guest",
                   "--quota", "streams=1", "--quota", "bulk-bytes=0"])  # fmt: skip
        stack.wait_until(lambda: stack.listens(link), "the host listens")
        run.start([GUESTD, "--link", link, "--runtime-dir", folder])
        stack.wait_until(lambda: stack.listens(folder / "gl.sock"), "the daemon listens")
        environment = {
            "XENGLASS_SOCKET": str(folder / "gl.sock"),
            "__EGL_VENDOR_LIBRARY_FILENAMES": str(stack.BUILD / "frontend-egl/20_xenglass.json"),
        }
        done = subprocess.run([program], text=True, env={**run.environment, **environment},
                              stdout=subprocess.PIPE)  # fmt: skip
    if done.stdout != SAYS:
        raise stack.Failure(f"{done.stdout}exit status {done.returncode}")


if __name__ == "__main__":
    stack.main(test)
