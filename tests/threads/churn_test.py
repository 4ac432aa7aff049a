#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Threads that begin and end by the hundred leave nothing behind: no file descriptor, no mapping,
no thread, in the application, the guest's daemon and the host.

usage: churn_test.py CHURN_PROGRAM SANITIZER

Under a sanitizer, whose own tables grow with each thread, memory is not looked at.
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
IS_SANITIZED = sys.argv[2] != "none"
WARM_UP, ROUND, ROUNDS = 40, 100, 3
# What the heap may grow by, in KiB, without a leak of ours: a stream's region alone has 324 KiB, so those of 300 threads would stand out.
GROWTH_KIB = 12 * 1024


def look(pid):
    """(descriptors, mappings of shared memory, threads, resident KiB) of a process."""
    process = pathlib.Path("/proc") / str(pid)
    maps = (process / "maps").read_text()
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    return (len(list((process / "fd").iterdir())), maps.count("memfd:xenglass"),
            int(status["Threads"]), int(status["VmRSS"].split()[0]))


def find(run, name):
    for pid, line in run.alive():
        if pathlib.Path(line.split()[0]).name == name:
            return pid
    raise stack.Failure(f"no {name} runs")


def churn(program, count):
    program.stdin.write(f"{count}\n")
    program.stdin.flush()
    answer = program.stdout.readline().strip()
    if answer != f"right {count}":
        raise stack.Failure(f"of {count} threads: {answer}")


def settle(pid, before):
    """Waits until a process, which may still be closing things, holds no more than before."""
    stack.wait_until(lambda: all(now <= then for now, then in zip(look(pid)[:3], before[:3])),
                     f"descriptors, mappings, threads as before, {before[:3]}", 20)


def test():
    stack.need(stack.LOCAL)
    with stack.Run() as run:
        compositor = stack.Compositor(run)
        program = compositor.guest("guest1", [PROGRAM, "churn", "surfaceless"], text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        churn(program, WARM_UP)
        pids = {name: find(run, name)
                for name in (PROGRAM.name, "xenglass-guestd", "xenglass-host")}
        before = {name: look(pid) for name, pid in pids.items()}
        for _ in range(ROUNDS):
            churn(program, ROUND)
        for name, pid in pids.items():
            settle(pid, before[name])
            grown = look(pid)[3] - before[name][3]
            print(f"{name}: {before[name]}, {grown} KiB more after {ROUNDS * ROUND} threads")
            if grown > GROWTH_KIB and not IS_SANITIZED:
                raise stack.Failure(f"{name} has grown by {grown} KiB")
        program.stdin.close()
        if program.wait(stack.DEADLINE_S) != 0:
            raise stack.Failure(f"the program ended with {program.returncode}")


if __name__ == "__main__":
    stack.main(test)
