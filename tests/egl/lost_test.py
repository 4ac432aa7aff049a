#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What an application sees when the host or the guest's daemon dies: EGL_CONTEXT_LOST, and no hang.
And the child of a fork, for which all that the parent has is lost too.

usage: lost_test.py LOST_PROGRAM FORKED_PROGRAM
"""
import pathlib
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402

PROGRAM, FORKED = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
HOST = stack.BUILD / "backend-compositor/host/xenglass-host"
GUESTD = stack.BUILD / "frontend-egl/guestd/xenglass-guestd"
VENDOR = stack.BUILD / "frontend-egl/20_xenglass.json"
# GL_UNKNOWN_CONTEXT_RESET
LOST_PIXEL = "pixel 7 7 7 7, reset status 0x8255\n"
AFTERWARDS = """\
bind another: no, context lost
release: yes, success
bind: no, context lost
query: no, context lost
destroy: yes, success
terminate: yes, success
release the thread: yes, success
initialize: no, not initialized
"""

FORKED_SAYS = """\
parent: 255 0 0 255
child, with the parent's context: 7 7 7 7
child, anew: 0 255 0 255
child ended with 0
parent, afterwards: 255 0 0 255
"""

BUSY_SAYS = """\
6 of 6 children are well, the other display 1
parent, afterwards: 255 0 0 255
"""


class Guest:
    """A host process and a guest's daemon of our own, that can be killed one by one."""

    def __init__(self, run, wayland=None):
        link, self.folder = run.folder / "link", run.folder / "guest"
        more = ["--wayland", wayland] if wayland else []
        self.host = run.start([HOST, "--listen", link, "--name", "guest", *more])
        stack.wait_until(lambda: stack.listens(link), "the host listens")
        self.guestd = run.start([GUESTD, "--link", link, "--runtime-dir", self.folder])
        stack.wait_until(lambda: stack.listens(self.folder / "gl.sock"), "the daemon listens")

    def start(self, run, *command):
        environment = {
            "XDG_RUNTIME_DIR": str(self.folder),
            "WAYLAND_DISPLAY": "wayland-0",
            "XENGLASS_SOCKET": str(self.folder / "gl.sock"),
            "__EGL_VENDOR_LIBRARY_FILENAMES": str(VENDOR),
        }
        return run.start(command, environment=environment, text=True,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def read_until(stream, wanted):
    lines = []
    while True:
        line = stream.readline()
        if not line or line == wanted:
            return lines
        lines.append(line)


class Lost(unittest.TestCase):
    def lose(self, part, *arguments):
        """Runs the program, kills that part of the stack, and answers what it then says."""
        with stack.Run() as run:
            wayland = None
            if arguments:
                wayland = stack.Compositor(run).sockets["guest1"]
            guest = Guest(run, wayland)
            program = guest.start(run, PROGRAM, *arguments)
            self.assertEqual(read_until(program.stdout, "ready\n"), ["pixel 255 0 0 255, reset status 0x0\n"])
            getattr(guest, part).send_signal(signal.SIGKILL)
            # Each sees the other's end and ends too; until then the host may still answer.
            for process in (guest.host, guest.guestd):
                process.wait(stack.DEADLINE_S)
            said, _ = program.communicate("go\n", timeout=stack.DEADLINE_S)
            self.assertEqual(program.returncode, 0)
            return said

    def test_the_host_dies_under_a_pbuffer(self):
        self.assertEqual(self.lose("host"), LOST_PIXEL + AFTERWARDS)

    def test_the_daemon_dies_under_a_pbuffer(self):
        self.assertEqual(self.lose("guestd"), LOST_PIXEL + AFTERWARDS)

    def test_the_host_dies_under_a_window(self):
        said = self.lose("host", "window")
        self.assertEqual(said, LOST_PIXEL + "swap: no, context lost\n" + AFTERWARDS)

    def test_the_daemon_dies_under_a_window(self):
        said = self.lose("guestd", "window")
        self.assertEqual(said, LOST_PIXEL + "swap: no, context lost\n" + AFTERWARDS)

    def test_the_child_of_a_fork_begins_anew(self):
        with stack.Run() as run:
            program = Guest(run).start(run, FORKED)
            said, _ = program.communicate(timeout=stack.DEADLINE_S)
        self.assertEqual(said, FORKED_SAYS)

    def test_children_begin_anew_while_a_thread_of_the_parent_waits(self):
        with stack.Run() as run:
            guest = Guest(run)
            program = guest.start(run, FORKED, "busy")
            self.assertEqual(read_until(program.stdout, "ready\n"), ["parent: 255 0 0 255\n"])
            guest.host.send_signal(signal.SIGSTOP)
            program.stdin.write("go\n")
            program.stdin.flush()
            read_until(program.stdout, "forked\n")
            guest.host.send_signal(signal.SIGCONT)
            said, _ = program.communicate(timeout=stack.DEADLINE_S)
        self.assertEqual(said, BUSY_SAYS)


if __name__ == "__main__":
    stack.need(HOST, GUESTD, stack.COMPOSITOR)
    unittest.main(argv=sys.argv[:1])
