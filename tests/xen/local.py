#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a command over the local transport on this machine: what comes of it is what the tests on
Xen want to see there too. It is a process of its own, as the harness of the other tests is.

usage: local.py BUILD run COMMAND…               what the command says
       local.py BUILD screenshot FILE WIDTH HEIGHT NAME COLOUR COMMAND…
                                                 the screen, with the command's window on it
       local.py BUILD count COMMAND…             JSON: how often each program notified the other
                                                 side, and the library's statistics
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys


def run(stack, command):
    with stack.Run() as guest:
        line = [stack.LOCAL, "--headless", "64x64", "--", *command]
        return subprocess.run(line, env=guest.environment).returncode


def screenshot(stack, file, width, height, name, colour, *command):
    frame = tuple(bytes.fromhex(colour))
    with stack.Run() as guest:
        compositor = stack.Compositor(guest, width, height, (name,), (colour,))
        compositor.guest(name, command)
        stack.wait_until(lambda: frame in compositor.screenshot().colours(), "the window")
        shutil.copy(guest.folder / "screenshot.png", file)
    return 0


def count(stack, command):
    with stack.Run() as run:
        compositor = stack.Compositor(run)
        link, folder, stats = (run.folder / name for name in ("link", "guest", "stats"))
        options = {"environment": {"XENGLASS_LOG": "debug"}, "stderr": subprocess.PIPE}
        host = run.start([stack.BUILD / "backend-compositor/host/xenglass-host", "--listen", link,
                          "--name", "one", "--wayland", *compositor.sockets.values()], **options)
        stack.wait_until(lambda: stack.listens(link), "the host listens")
        guestd = run.start([stack.BUILD / "frontend-egl/guestd/xenglass-guestd", "--link", link,
                            "--runtime-dir", folder], **options)  # fmt: skip
        stack.wait_until(lambda: stack.listens(folder / "gl.sock"), "the daemon listens")
        status = run.start(command, stdout=subprocess.DEVNULL, environment={
            "XDG_RUNTIME_DIR": str(folder), "WAYLAND_DISPLAY": "wayland-0",
            "XENGLASS_SOCKET": str(folder / "gl.sock"), "XENGLASS_STATS": str(stats),
            "__EGL_VENDOR_LIBRARY_FILENAMES": str(stack.BUILD / "frontend-egl/20_xenglass.json"),
        }).wait(stack.DEADLINE_S)  # fmt: skip
        guestd.terminate()
        said = {"guestd": guestd.communicate()[1], "host": host.communicate()[1]}
        counts = {name: int(re.search(rb"notified the \w+ (\d+) times", text)[1])
                  for name, text in said.items()}  # fmt: skip
        print(json.dumps({**counts, "stats": json.loads(stats.read_text())}))
    return status


def main():
    build, verb, *arguments = sys.argv[1:]
    os.environ["XENGLASS_BUILD"] = build
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
    sys.path.remove(str(pathlib.Path(__file__).resolve().parent))
    import stack  # the harness's, not that of this folder

    if verb == "screenshot":
        return screenshot(stack, *arguments)
    return {"run": run, "count": count}[verb](stack, arguments)


if __name__ == "__main__":
    sys.exit(main())
