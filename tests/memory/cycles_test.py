#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Objects of every class that come and go leave nothing behind: in the application, in the guest's
daemon and in the host process, and in what the host has counted.

usage: cycles_test.py CYCLES_PROGRAM SANITIZER

XENGLASS_CYCLES says how many cycles there are (default 40); some thousand take minutes. After a
warm-up, what is there after half of them and after all must be the same; what a process holds
resident may differ by what an allocator needs. Under a sanitizer memory is not looked at.
"""
import os
import pathlib
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
IS_SANITIZED = sys.argv[2] != "none"
HOST = stack.BUILD / "backend-compositor/host/xenglass-host"
GUESTD = stack.BUILD / "frontend-egl/guestd/xenglass-guestd"
VENDOR = stack.BUILD / "frontend-egl/20_xenglass.json"
CYCLES = int(os.environ.get("XENGLASS_CYCLES", "40"))
WARM_UP = 24
# A process for each so many cycles, which makes one and ends; every other is killed.
CYCLES_OF_A_PROCESS = 20
# What may still be counted of programs that were deleted in use: the host looks now and then.
SLACK = {"objects": 80, "shader-bytes": 16384}
# In KiB. With an arena for each thread the figure would say how many threads there were at once.
RESIDENT_GROWTH_KIB = 4 * 1024
# And for each process, in the host's: Mesa 22.3 leaves 4 KiB of each display that ends, natively too.
RESIDENT_OF_A_PROCESS_KIB = 16
ONE_ARENA = {"environment": {"MALLOC_ARENA_MAX": "1"}}
# Of the application's heap, in octets: what its library has in use, and nothing else has.
HEAP_GROWTH = 32 * 1024


class Guest:
    """A host process, a guest's daemon, and applications, each of which can be looked at."""

    def __init__(self, run):
        self.run = run
        compositor = stack.Compositor(run)
        link, self.folder = run.folder / "link", run.folder / "guest"
        self.stats_socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.host = run.start([HOST, "--listen", link, "--name", "one", "--stats-fd", theirs.fileno(),
                               "--wayland", *compositor.sockets.values()],
                              pass_fds=[theirs.fileno()], **ONE_ARENA)  # fmt: skip
        theirs.close()
        stack.wait_until(lambda: stack.listens(link), "the host listens")
        self.daemon = run.start([GUESTD, "--link", link, "--runtime-dir", self.folder],
                                **ONE_ARENA)
        stack.wait_until(lambda: stack.listens(self.folder / "gl.sock"), "the daemon listens")

    def start(self):
        return self.run.start(
            [PROGRAM], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            environment={"XDG_RUNTIME_DIR": str(self.folder), "WAYLAND_DISPLAY": "wayland-0",
                         "XENGLASS_SOCKET": str(self.folder / "gl.sock"),
                         "__EGL_VENDOR_LIBRARY_FILENAMES": str(VENDOR)})  # fmt: skip

    def used(self):
        """{name: how much of it the guest uses}, as the host counts."""
        self.stats_socket.send(b"?")
        lines = self.stats_socket.recv(65536).decode().splitlines()
        found = {name: int(used) for name, used, _ in map(str.split, lines)}
        # Those only grow, the cache to its limit; and so do a connection's registries: there is no
        # request to destroy one.
        for name in ("swaps", "notifications", "wayland-objects", "cache-bytes"):
            found.pop(name)
        return found


def cycle(program, count):
    """Octets in use of the program's heap, once it has been through so many cycles."""
    program.stdin.write(f"{count}\n")
    program.stdin.flush()
    answer = program.stdout.readline()
    if not answer:
        raise stack.Failure(f"the program ended with {program.wait()}")
    return int(answer)


def look(pid):
    """What a process holds, by kinds, and what of its memory is resident."""
    process = pathlib.Path("/proc") / str(pid)
    maps = (process / "maps").read_text()
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    held = {"descriptors": len(list((process / "fd").iterdir())),
            "shared mappings": maps.count("memfd:"), "threads": int(status["Threads"])}
    return held, int(status["VmRSS"].split()[0])


def settle(look_again, before, what):
    """Waits until there is no more than before: some things go a moment later."""
    def is_settled():
        return all(now <= before[name] + SLACK.get(name, 0) for name, now in look_again().items())
    stack.wait_until(is_settled, f"{what} as before, {before}", 30)


def run_processes(guest, count):
    for number in range(count):
        process = guest.start()
        cycle(process, 1)
        process.kill() if number % 2 else process.stdin.close()
        process.wait(stack.DEADLINE_S)


def processes_of_half():
    return max(2, CYCLES // 2 // CYCLES_OF_A_PROCESS)


def run_half(guest, program):
    heap = cycle(program, CYCLES // 2)
    run_processes(guest, processes_of_half())
    return heap


def test():
    stack.need(stack.LOCAL)
    with stack.Run() as run:
        guest = Guest(run)
        program = guest.start()
        cycle(program, WARM_UP)
        run_processes(guest, 2)
        stack.wait_until(lambda: guest.used()["contexts"] == 1, "only the program's context", 30)
        pids = {"application": program.pid, "guestd": guest.daemon.pid, "host": guest.host.pid}
        used = guest.used()
        held = {name: look(pid)[0] for name, pid in pids.items()}
        heap = run_half(guest, program)
        resident = {name: look(pid)[1] for name, pid in pids.items()}
        grown = run_half(guest, program) - heap
        settle(guest.used, used, "what the host counts")
        print(f"after {CYCLES} cycles as before: {used}; heap of the application: {grown:+d}")
        if grown > HEAP_GROWTH and not IS_SANITIZED:
            raise stack.Failure(f"the application's heap has grown by {grown}")
        for name, pid in pids.items():
            settle(lambda: look(pid)[0], held[name], f"what {name} holds")
            more = look(pid)[1] - resident[name]
            print(f"{name}: {held[name]}, {resident[name]} KiB after half, then {more:+d} KiB")
            left_kib = processes_of_half() * RESIDENT_OF_A_PROCESS_KIB if name == "host" else 0
            if more > RESIDENT_GROWTH_KIB + left_kib and not IS_SANITIZED:
                raise stack.Failure(f"{name} has grown by {more} KiB")
        program.stdin.close()
        if program.wait(stack.DEADLINE_S) != 0:
            raise stack.Failure(f"the program ended with {program.returncode}")


if __name__ == "__main__":
    stack.main(test)
