# SPDX-License-Identifier: MIT
"""Starts parts of the stack for a test, takes screenshots, and finds what a run left behind.

Every process that a test starts, and every child of it, carries XENGLASS_TEST_RUN in its
environment; so a survivor is found whoever its parent is by then.
"""
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid

import png

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("XENGLASS_BUILD", TOP / "build"))
LOCAL = BUILD / "backend-compositor/local/xenglass-local"
COMPOSITOR = BUILD / "backend-compositor/compositor/xenglass-compositor"
SKIP = 77
# Only a guard against what hangs: no machine is so slow.
DEADLINE_S = 600


class Failure(Exception):
    """The test has failed; the text says why."""


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIP)


def need(*programs):
    """Skips the test unless these programs are there."""
    for program in programs:
        if not shutil.which(str(program)):
            skip(f"no {program} here")


def wait_until(condition, what, deadline_s=DEADLINE_S):
    """Calls condition until it answers something true, and answers that."""
    end = time.monotonic() + deadline_s
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Failure(f"after {deadline_s} s still not: {what}")
        time.sleep(0.1)


def listens(path):
    """Whether somebody listens at a socket: its path is there a moment before one can connect."""
    accepting = "00010000"  # __SO_ACCEPTCON among the flags
    with open("/proc/net/unix") as sockets:
        return any(line.split()[3] == accepting and line.endswith(f" {path}\n") for line in sockets)


def make_folder(prefix="xg-test-"):
    """A folder that goes with this process, however it ends: a shell in a session of its own, which
    nobody kills along with the test, removes it when its standard input closes."""
    folder = tempfile.mkdtemp(prefix=prefix)
    remover = subprocess.Popen(
        ["sh", "-c", 'read end; exec rm -rf "$0"', folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return pathlib.Path(folder), remover


class Run:
    """A test's own corner: a folder, an environment, its processes. Used by `with`."""

    def __init__(self):
        self.mark = uuid.uuid4().hex
        self.folder, self.remover = make_folder()
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XENGLASS_SOCKET")
        }
        self.environment["XDG_RUNTIME_DIR"] = str(self.folder)
        self.environment["XENGLASS_TEST_RUN"] = self.mark
        self.processes = []

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        for process in reversed(self.processes):
            end(process)
        for pid, _ in self.alive():
            os.kill(pid, signal.SIGKILL)
        self.remover.communicate()

    def start(self, command, **options):
        """Starts a process that ends, at the latest, with this run."""
        environment = {**self.environment, **options.pop("environment", {})}
        process = subprocess.Popen([str(c) for c in command], env=environment, **options)
        self.processes.append(process)
        return process

    def shader_cache(self):
        """The environment that has Mesa keep compiled shaders in a place of their own, empty yet,
        and in the way that xenglass-host has it keep them."""
        folder = tempfile.mkdtemp(prefix="shaders-", dir=self.folder)
        return {"MESA_SHADER_CACHE_DIR": folder, "MESA_DISK_CACHE_DATABASE": "true"}

    def alive(self):
        """(id, command line) of each process of this run that still lives."""
        found = []
        mark = f"XENGLASS_TEST_RUN={self.mark}".encode()
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if mark not in (entry / "environ").read_bytes():
                    continue
                if (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z":
                    continue
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            found.append((int(entry.name), words.strip()))
        return found

    def check_nothing_left(self):
        """Fails if a process lives on, or a file of the stack lies about."""
        wait_until(lambda: not self.alive(), f"all processes gone: {self.alive()}")
        left = [str(path) for path in self.folder.iterdir() if path.name.startswith("xenglass-")]
        if left:
            raise Failure(f"left behind: {left}")


def end(process, grace_s=DEADLINE_S):
    """Ends a process of ours, by force if it does not go, and answers its exit status."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(grace_s)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()


class Compositor:
    """Our compositor, headless, with some guests' sockets."""

    def __init__(
        self, run, width=800, height=600, guests=("guest1",), colours=("3465a4",), options=()
    ):
        self.run = run
        self.sockets = {}
        command = [COMPOSITOR, "--headless", f"{width}x{height}", *options]
        for i, guest in enumerate(guests):
            path = run.folder / f"{guest}.wayland"
            self.sockets[guest] = path
            command += ["--guest", f"{guest}:{colours[i % len(colours)]}:{path}"]
        self.socket = run.folder / "host.wayland"
        ready, writer = os.pipe()
        command += ["--socket", self.socket.name, "--ready-fd", str(writer)]
        self.process = run.start(command, pass_fds=(writer,))
        os.close(writer)
        answered, _, _ = select.select([ready], [], [], DEADLINE_S)
        is_ready = answered and os.read(ready, 1)
        os.close(ready)
        if not is_ready:
            raise Failure("the compositor does not start")

    def screenshot(self):
        """What stands on the screen now."""
        path = self.run.folder / "screenshot.png"
        subprocess.run(
            ["grim", path],
            env={**self.run.environment, "WAYLAND_DISPLAY": str(self.socket)},
            check=True,
            timeout=DEADLINE_S,
        )
        return png.read(path)

    def native(self, guest, command, **options):
        """Starts a program that draws with the host's own driver, as a client of this guest's.

        Its driver finds no shaders that were compiled before, but keeps what the program compiles,
        as that of a guest's xenglass-host does: else a scene's first second would be compared with
        one that was compiled the day before.
        """
        environment = {"WAYLAND_DISPLAY": str(self.sockets[guest]), **self.run.shader_cache()}
        environment |= options.pop("environment", {})
        return self.run.start(command, environment=environment, **options)

    def guest(self, guest, command, local=(), **options):
        """Starts a program in a guest, whose windows stand on this compositor."""
        line = [LOCAL, "--wayland", self.sockets[guest], *local, "--", *command]
        return self.run.start(line, **options)


def read_report(path):
    with open(path) as file:
        return json.load(file)


def build():
    """For what a person runs: brings the plain build up to date, once the arguments are good."""
    if subprocess.run([TOP / "xg", "build"], check=False).returncode:
        raise Failure("it does not build")


def main(test):
    """Runs a test function and turns what it does into an exit status."""
    try:
        test()
    except Failure as failure:
        print(f"failed: {failure}")
        sys.exit(1)
    sys.exit(0)
