#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Boots Xen in QEMU and runs xenglass on it: two guests, whose windows stand in dom0's compositor.

usage: xen_test.py [BUILD] [NAME…]     all tests but the longest, or those named

What it leaves is in BUILD/xen: screenshot.png, serial.log, and the images and the snapshot that the
next run takes up. It is skipped where QEMU or the packages cannot be had.
"""
import difflib
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback

import frames
import hostile
import images
import packages
from driver_domain import driver_domain_serves_a_guest
from machine import MEMORY_MB, Died, Failure, Machine, forget_snapshots
from stack import (COLOURS, PROGRAM, RUNTIME, SCREEN, Bystander, Stack, check,
                   check_works, png, wait_reconnected)  # fmt: skip

SKIP = 77
# What the kernel may keep for itself meanwhile.
MEMORY_NOISE_MB = 16
NEEDED = ("qemu-system-x86_64", "busybox", "mke2fs", "readelf", "strip", "dpkg",
          "setpriv")  # fmt: skip
# Those among tests/gl/cases that take little time, and yet use most of what there is.
PARITY = ("clear", "buffer_draw", "client_mixed", "client_indices", "framebuffer_draw", "instanced",
          "map_range", "sub_image", "uniforms", "viewport", "texture_units", "shared_contexts",
          "scene")  # fmt: skip
SCENES = ("build:use-vbo=true", "texture:texture-filter=linear", "shading:shading=gouraud",
          "conditionals:fragment-steps=5:vertex-steps=0")  # fmt: skip


def apps_draw_the_same(stack):
    """Programs of the guest read back what the same programs do on dom0's own driver, and over the
    local transport on this machine."""
    command = f"/programs/xg-gl-case {' '.join(PARITY)}"
    stack.one.begin(f"/programs/app {command}")
    texts = {
        "dom0's driver": stack.machine.dom0(stack.host(command)) + "\n",
        "the local transport": stack.local("run", stack.build / "tests/gl/xg-gl-case", *PARITY),
    }
    status, text = stack.one.finish()
    check(status == 0 and text.count("end\n") == len(PARITY), f"status {status} of:\n{text}")
    for other, wanted in texts.items():
        difference = difflib.unified_diff(wanted.splitlines(), text.splitlines(), lineterm="", n=0)
        check(text == wanted, f"not what {other} does:\n" + "\n".join(difference))
    print(f"#   {len(PARITY)} programs, {len(text.splitlines())} lines are the same")


def picture_is_the_local_transports(stack):
    """dom0's screen with a guest's window is, to the bit, what the stack shows on this machine."""
    stack.one.run("/programs/app /programs/xg-egl-still >/tmp/still.log 2>&1 &")
    path = stack.build / "xen" / "local.png"
    stack.local("screenshot", path, *SCREEN, "one", bytes(COLOURS["one"]).hex(),
                stack.build / "tests/egl/xg-egl-still")  # fmt: skip
    wanted, screen = png.read(path), stack.screenshot_with(stack.one)
    differing = [i for i, pixel in enumerate(wanted.pixels) if pixel != screen.pixels[i]]
    check(not differing, f"{len(differing)} pixels differ from {path}, the first at"
                         f" {[(i % SCREEN[0], i // SCREEN[0]) for i in differing[:5]]}")  # fmt: skip
    print(f"#   {len(wanted.colours())} colours, {len(wanted.pixels)} pixels are the same")
    stack.one.run("killall xg-egl-still")


def two_guests_stand_on_one_screen(stack):
    """glmark2 validates in one guest while weston's client draws in the other."""
    stack.two.run("/programs/app weston-simple-egl >/tmp/simple-egl.log 2>&1 &")
    scenes = " ".join(f"-b {scene}" for scene in SCENES)
    status, text = stack.one.run(
        f"/programs/app glmark2-es2-wayland -s 320x240 --validate {scenes}")
    results = re.findall(r"\[(\w+)\].*Validation: (\w+)", text)
    print(f"#   {results}")
    check(status == 0 and len(results) == len(SCENES), f"glmark2 says:\n{text}")
    check(all(result != "Failure" for _, result in results), f"glmark2 says:\n{text}")
    stack.one.run("/programs/app glmark2-es2-wayland -s 320x240 -b shading:duration=900"
                  " >/tmp/glmark2.log 2>&1 &")  # fmt: skip
    screen = stack.screenshot_with(stack.one, stack.two)
    print(f"#   {len(screen.colours())} colours are on the screen")
    stack.one.run("killall glmark2-es2-wayland")
    stack.two.run("killall weston-simple-egl")


def twenty_apps_leave_nothing(stack):
    """Grants, event channels and the host's files are as many as before."""
    stack.one.run(PROGRAM)
    before = stack.counts(stack.one)
    stack.one.run(f"for i in $(seq 20); do {PROGRAM} >/dev/null; done")
    stack.machine.dom0("sleep 3")
    after = stack.counts(stack.one)
    print(f"#   {before}")
    check(before["grants"] > 0 and before["event channels"] > 0, f"nothing is counted: {before}")
    check(after == before, f"{after} after, {before} before")


def deaths_harm_nobody_else(stack):
    """Of an app, of the host process, of a guest's daemon: the other guest's frames go on."""
    bystander = Bystander(stack.two)
    before = stack.counts(stack.one)
    available = stack.memory()[1]
    for victim in ("app", "host process", "guest's daemon"):
        host = stack.host_process(stack.one)
        stack.one.run("/programs/app weston-simple-egl >/dev/null 2>&1 & sleep 3")
        if victim == "app":
            stack.one.run("killall -9 weston-simple-egl")
            check_works(stack, stack.one)
        elif victim == "host process":
            stack.machine.dom0(f"kill -9 {host}")
            wait_reconnected(stack, stack.one, host)
        else:
            stack.one.run("killall -9 xenglass-guestd")
            wait_reconnected(stack, stack.one, host)
        stack.one.run("killall -9 weston-simple-egl")
        stack.machine.dom0("sleep 2")
        after = stack.counts(stack.one)
        check(after == before, f"after the {victim}'s death {after}, before {before}")
        bystander.check_goes_on()
        print(f"#   the {victim}'s")
    left = stack.memory()[1]
    check(left > available - MEMORY_NOISE_MB, f"dom0 had {available} MiB, and has {left}")
    bystander.end()


def compositor_can_restart(stack):
    """It takes its windows along; both guests come to the next one."""
    hosts = {guest: stack.host_process(guest) for guest in (stack.one, stack.two)}
    stack.machine.dom0(f"kill -9 $(pidof xenglass-compositor); sleep 1; rm -f {RUNTIME}/control"
                       f" {RUNTIME}/wl*")  # fmt: skip
    stack.start_compositor()
    for guest, host in hosts.items():
        wait_reconnected(stack, guest, host)


def daemon_of_the_host_can_restart(stack):
    """xenglassd takes its hosts along; both guests come to the next one."""
    hosts = {guest: stack.host_process(guest) for guest in (stack.one, stack.two)}
    stack.machine.dom0("kill -9 $(pidof xenglassd); sleep 1; rm " + f"{RUNTIME}/daemon")
    stack.start_daemon()
    for guest, host in hosts.items():
        wait_reconnected(stack, guest, host)


def pool_of_pages_has_an_end(stack):
    """What does not fit is refused; what runs goes on, and so does the disk."""
    host = stack.host_process(stack.one)
    stack.one.run("touch /tmp/few; killall xenglass-guestd")
    wait_reconnected(stack, stack.one, host)
    stack.one.run("/programs/app weston-simple-egl >/dev/null 2>&1 & sleep 5")
    status, text = stack.one.run(PROGRAM)
    check(status != 0, f"a second program had room: {text}")
    check(stack.one.run("ps | grep -q [w]eston-simple-egl && dd if=/dev/xvda bs=1M count=8"
                        " of=/dev/null")[0] == 0, "the first, or the disk, has died")  # fmt: skip
    stack.one.run("killall weston-simple-egl; sleep 2")
    check_works(stack, stack.one)
    host = stack.host_process(stack.one)
    stack.one.run("rm /tmp/few; killall xenglass-guestd")
    wait_reconnected(stack, stack.one, host)


def destroyed_guest_leaves_nothing(stack):
    """In the midst of its frames; the other guest's go on. This must be the last test."""
    bystander = Bystander(stack.one)
    stack.two.run("/programs/app weston-simple-egl >/dev/null 2>&1 & sleep 3")
    host = stack.host_process(stack.two)
    free, available = stack.memory()
    stack.machine.dom0("xl destroy two")
    stack.machine.wait_for(
        f"! xenstore-read {stack.backend(stack.two)}/state 2>/dev/null && ! xl list | grep -q null"
        f" && [ $(xl list | wc -l) = 3 ] && [ ! -e /proc/{host} ]", "the destroyed guest gone",
    )  # fmt: skip
    bystander.check_goes_on()
    bystander.end()
    del stack.machine.guests["two"]
    free_now, available_now = stack.memory()
    print(f"#   Xen has {free_now - free} MiB more, dom0 {available_now - available}")
    check(free_now - free >= MEMORY_MB - 4, "Xen has not got the guest's memory back")
    check(available_now > available - MEMORY_NOISE_MB, "dom0 has lost memory")


# A file of tests has a tuple TESTS, which stands here before the last test.
TESTS = (
    apps_draw_the_same,
    picture_is_the_local_transports,
    two_guests_stand_on_one_screen,
    *frames.TESTS,
    twenty_apps_leave_nothing,
    deaths_harm_nobody_else,
    compositor_can_restart,
    daemon_of_the_host_can_restart,
    pool_of_pages_has_an_end,
    *hostile.TESTS,
    destroyed_guest_leaves_nothing,
)
# It starts a third domain, twice: only when it is named.
NAMED = (driver_domain_serves_a_guest,)


def run(stack, pending, failed):
    """Runs what is pending, (number, test) each, and takes it from there once it is done."""
    while pending:
        number, test = pending[0]
        begin = time.monotonic()
        verdict = "not ok"
        try:
            test(stack)
            verdict = "ok"
        except Died:
            raise
        except Failure as failure:
            print("# " + str(failure).replace("\n", "\n# "))
        except Exception:  # a driver of tests that breaks has not shown anything
            print("# " + traceback.format_exc().replace("\n", "\n# "))
        title = test.__name__.replace("_", " ")
        print(f"{verdict} {number} {title} ({time.monotonic() - begin:.0f} s)", flush=True)
        if verdict != "ok":
            failed.append(test)
        pending.pop(0)


def explain(machine):
    print(machine.try_dom0("tail -n 30 /run/*.log; xenstore-ls -f /local/domain/0/backend/"
                           "xenglass; dmesg | tail -n 5")[1].decode(errors="replace"))
    for guest in machine.guests.values():
        print(guest.run("tail -n 20 /tmp/*.log; dmesg | tail -n 3")[1])


def run_on_a_machine(build, pending, failed):
    with Machine(build / "xen") as machine:
        try:
            run(Stack(machine, build), pending, failed)
        except Died:
            raise
        except Failure as failure:
            print(f"not ok 0 the stack starts ({failure})")
            failed.append(Stack)
        if failed:
            explain(machine)


def main():
    # So that the machine ends with us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build").resolve()
    names = sys.argv[2:]
    if unknown := set(names) - {test.__name__ for test in (*TESTS, *NAMED)}:
        sys.exit(f"there is no test {', no '.join(sorted(unknown))}")
    missing = [program for program in NEEDED if not shutil.which(program)]
    if missing:
        print(f"skipped: there is no {', no '.join(missing)} here")
        sys.exit(SKIP)
    try:
        sysroot = packages.sysroot()
    except (packages.Unavailable, subprocess.CalledProcessError) as problem:
        print(f"skipped: the packages cannot be had: {problem}")
        sys.exit(SKIP)
    images.build_base(sysroot, build, build / "xen")
    images.build_programs(build, build / "xen")
    tests = [test for test in (*TESTS, *NAMED) if test.__name__ in names] if names else TESTS
    print(f"1..{len(tests)}", flush=True)
    pending, failed = list(enumerate(tests, 1)), []
    try:
        run_on_a_machine(build, pending, failed)
    except Died:
        # An emulated machine dies of itself now and then, in a kernel's timers. One that dies of
        # what is tested does so again.
        log = build / "xen" / "serial.log"
        print(f"# the machine died: see {log.replace(log.with_stem('died'))}", flush=True)
        forget_snapshots(build / "xen")
        run_on_a_machine(build, pending, failed)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
