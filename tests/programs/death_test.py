#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Kills parts of a running stack at random moments, and looks at what is left.

usage: death_test.py [--rounds N] [--seed N]

One guest, the bystander, draws all the time. In each round a second guest starts a program, and
after a random time one of its processes is killed: the program, its guestd, its host. Then that
guest must end by itself, leave nothing behind, and the bystander and the compositor must go on
with no more processes, descriptors and shared memory than before. Each fifth round has a compositor of its own, which is killed.
The moments come from the seed, which is printed; so a failure can be had again.
"""
import argparse
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402

PROGRAMS = (
    ["weston-simple-egl"],
    ["es2gears_wayland"],
    ["weston-simple-shm"],
    ["glmark2-es2-wayland", "--size", "200x150", "-b", "build:duration=1000"],
    ["glmark2-es2-wayland", "--size", "200x150", "-b", "buffer:duration=1000"],
)
VICTIMS = ("program", "xenglass-guestd", "xenglass-host")
COMPOSITOR_EVERY = 5
LATEST_S = 1.5
# The bystander's driver has more or fewer buffers as it needs them; a leak grows with each round.
BUFFERS = 8


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def shared_mappings(pid):
    maps = pathlib.Path(f"/proc/{pid}/maps").read_text()
    return maps.count("/memfd:") + maps.count("/dev/shm/")


def descendants(run, ancestor):
    """(id, command line) of the living processes below one."""
    parents = {}
    for pid, words in run.alive():
        try:
            stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            continue
        parents[pid] = (int(stat.rpartition(")")[2].split()[1]), words)
    found = []
    for pid, (parent, words) in parents.items():
        while parent in parents and parent != ancestor:
            parent = parents[parent][0]
        if parent == ancestor:
            found.append((pid, words))
    return found


def find_victim(run, local, victim, program):
    """The id of a process of that guest, or None as long as there is none."""
    wanted = program[0] if victim == "program" else victim
    for pid, words in descendants(run, local.pid):
        if os.path.basename(words.split()[0]) == wanted:
            return pid
    return None


class Bystander:
    """A guest that must not notice anything."""

    def __init__(self, run, compositor):
        self.run = run
        self.compositor = compositor
        self.local = compositor.guest(
            "bystander", ["weston-simple-egl"], stderr=subprocess.DEVNULL
        )
        self.watched = {compositor.process.pid: "xenglass-compositor"}
        self.wait_for_window()
        for pid, words in descendants(run, self.local.pid):
            if "xenglass-host" in words or "xenglass-guestd" in words:
                self.watched[pid] = words.split()[0]
        self.before = self.count()
        self.mappings = self.count_mappings()
        self.processes = self.alive()

    def count(self):
        return {name: descriptors(pid) for pid, name in self.watched.items()}

    def count_mappings(self):
        return sum(shared_mappings(pid) for pid in self.watched)

    def alive(self):
        return sorted(pid for pid, _ in self.run.alive())

    def wait_for_window(self):
        stack.wait_until(
            lambda: len(self.compositor.screenshot().colours()) > 300, "the bystander's window"
        )

    def check(self):
        """It goes on drawing, and nobody is left, or holds what belonged to the dead."""
        if self.local.poll() is not None:
            raise stack.Failure(f"the bystander ended with {self.local.returncode}")
        first = self.compositor.screenshot().pixels
        stack.wait_until(
            lambda: self.compositor.screenshot().pixels != first, "the bystander draws"
        )
        stack.wait_until(
            lambda: self.count() == self.before,
            f"descriptors as before ({self.before}, now {self.count()})",
        )
        stack.wait_until(
            lambda: self.count_mappings() <= self.mappings + BUFFERS,
            f"shared memory as before ({self.mappings} mappings, now {self.count_mappings()})",
        )
        if self.alive() != self.processes:
            raise stack.Failure(f"processes {self.run.alive()}, before {self.processes}")


def wait_end(local, what):
    try:
        return local.wait(stack.DEADLINE_S)
    except subprocess.TimeoutExpired:
        raise stack.Failure(f"{what}: the guest does not end") from None


def kill_after(run, local, victim, program, delay_s):
    """Kills the victim, that long after it is there, and answers when its guest has ended."""
    pid = stack.wait_until(
        lambda: find_victim(run, local, victim, program) or local.poll() is not None,
        f"{victim} runs",
    )
    time.sleep(delay_s)
    if local.poll() is None:
        os.kill(pid, signal.SIGKILL)
    return wait_end(local, f"{victim} of {program[0]} killed after {delay_s:.3f} s")


def round_with_bystander(run, bystander, chance):
    victim, program = chance.choice(VICTIMS), chance.choice(PROGRAMS)
    delay_s = chance.uniform(0, LATEST_S)
    local = bystander.compositor.guest(
        "victim", program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    status = kill_after(run, local, victim, program, delay_s)
    if victim == "program" and status != 128 + signal.SIGKILL:
        raise stack.Failure(f"{program[0]} was killed, and the status is {status}")
    bystander.check()
    return f"{victim} of {program[0]} after {delay_s:.3f} s: status {status}"


def round_with_compositor(chance):
    program = chance.choice(PROGRAMS)
    delay_s = chance.uniform(0, LATEST_S)
    with stack.Run() as run:
        command = [stack.LOCAL, "--guests", "2", "--headless", "640x480", "--", *program]
        local = run.start(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        status = kill_after(run, local, "xenglass-compositor", program, delay_s)
        if status != 125:
            raise stack.Failure(f"the compositor was killed, and the status is {status}")
        run.check_nothing_left()
    return f"xenglass-compositor under {program[0]} after {delay_s:.3f} s: status {status}"


def death(arguments):
    stack.need("grim", *(program[0] for program in PROGRAMS))
    chance = random.Random(arguments.seed)
    print(f"seed {arguments.seed}")
    with stack.Run() as run:
        compositor = stack.Compositor(
            run, 640, 480, guests=("bystander", "victim"), colours=("3465a4", "cc0000")
        )
        bystander = Bystander(run, compositor)
        for number in range(1, arguments.rounds + 1):
            if number % COMPOSITOR_EVERY == 0:
                text = round_with_compositor(chance)
            else:
                text = round_with_bystander(run, bystander, chance)
            print(f"{number:3}  {text}", flush=True)
        stack.end(bystander.local)
        stack.end(compositor.process)
        run.check_nothing_left()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    stack.main(lambda: death(arguments))


if __name__ == "__main__":
    main()
