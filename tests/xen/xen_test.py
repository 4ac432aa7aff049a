#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Boots Xen in QEMU and runs xenglass on it: two guests, whose windows stand in dom0's compositor.

usage: xen_test.py [BUILD] [NAME…]     all tests, or those named

What it leaves is in BUILD/xen: screenshot.png, serial.log, and the images and the snapshot that the
next run takes up. It is skipped where QEMU or the packages cannot be had.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import images  # noqa: E402
import packages  # noqa: E402
import png  # noqa: E402
from machine import Failure, Machine  # noqa: E402

SKIP = 77
NEEDED = ("qemu-system-x86_64", "busybox", "mke2fs", "readelf", "strip", "dpkg")
RUNTIME = "/run/user"
COLOURS = {"one": (0x34, 0x65, 0xA4), "two": (0xCC, 0x00, 0x00)}
PARITY = ("clear", "attrib_state", "blend", "buffer_draw", "client_arrays", "framebuffer_draw",
          "map_range", "read_pixels", "texture_large", "uniforms", "viewport")  # fmt: skip
SCENES = ("build:use-vbo=true", "texture:texture-filter=linear", "shading:shading=gouraud",
          "conditionals:fragment-steps=5:vertex-steps=0")  # fmt: skip


class Stack:
    """xenglass on the machine: dom0's compositor and daemon, and a daemon in each guest."""

    def __init__(self, machine, build):
        self.machine = machine
        self.build = build
        self.one, self.two = machine.guests["one"], machine.guests["two"]
        lines = (f"{name} colour=%02x%02x%02x" % colour for name, colour in COLOURS.items())
        machine.dom0(
            "mount -t ext4 -o ro /dev/vdc /host/programs\n"
            f"mkdir -m 700 {RUNTIME}\n"
            "cat >/run/policy <<END\n" + "\n".join(lines) + "\nEND"
        )
        self.start_compositor()
        self.start_daemon()
        for guest in machine.guests.values():
            guest.run("programs")
            self.start_guestd(guest)
        for guest in machine.guests.values():
            self.wait_connected(guest)

    def host(self, command):
        """How dom0 runs a program with the userland that our programs need."""
        return (f"chroot /host env XDG_RUNTIME_DIR={RUNTIME} WAYLAND_DISPLAY=wl"
                f" MESA_SHADER_CACHE_DISABLE=true {command}")  # fmt: skip

    def start_compositor(self):
        self.machine.dom0(
            self.host("/programs/xenglass-compositor --headless 800x600 --socket wl"
                      f" --control {RUNTIME}/control")
            + " >/run/compositor.log 2>&1 &"
        )  # fmt: skip
        self.machine.wait_for(f"[ -S {RUNTIME}/control ]", "the compositor")
        # Its first frame takes long, for the driver compiles what draws it.
        self.screenshot()

    def start_daemon(self):
        self.machine.dom0(
            self.host("env XENGLASS_LOG=info /programs/xenglassd --xen /run/policy"
                      f" --runtime-dir {RUNTIME} --control {RUNTIME}/control"
                      f" --socket {RUNTIME}/daemon --host /programs/xenglass-host")
            + " >>/run/xenglassd.log 2>&1 &"
        )  # fmt: skip
        for guest in self.machine.guests.values():
            self.machine.wait_for(
                f"xenstore-read {self.frontend(guest)}/state", f"a device for {guest.name}")

    def start_guestd(self, guest):
        """As systemd would keep it running."""
        guest.run("umask 0; while :; do XENGLASS_LOG=info /programs/xenglass-guestd --xen"
                  " --xen-pages 4000; sleep 1; done >/tmp/guestd.log 2>&1 &")  # fmt: skip

    def frontend(self, guest):
        return f"{guest.path}/device/xenglass/0"

    def backend(self, guest):
        return f"/local/domain/0/backend/xenglass/{guest.number}/0"

    def wait_connected(self, guest):
        for path in (self.backend(guest), self.frontend(guest)):
            self.machine.wait_for(f'[ "$(xenstore-read {path}/state)" = 4 ]', f"{path} connected")

    def control(self, command):
        return self.machine.dom0(
            self.host(f"/programs/xenglassctl --socket {RUNTIME}/daemon {command}"))

    def host_process(self, guest):
        """The id of the process in dom0 that serves the guest."""
        for line in self.control("list").splitlines():
            name, _, _, process = line.split()
            if name == guest.name:
                return int(process)
        raise Failure(f"xenglassctl does not list {guest.name}")

    def screenshot(self, name="screen"):
        self.machine.dom0(self.host(f"grim /tmp/{name}.png"), 300)
        path = self.build / "xen" / f"{name}.png"
        path.write_bytes(self.machine.fetch(f"/host/tmp/{name}.png"))
        return png.read(path)

    def counts(self, guest):
        """What the guest holds of things that are scarce, and its host process of dom0."""
        text = self.machine.dom0("xl dmesg -c >/dev/null; xl debug-keys g; xl debug-keys e; xl dmesg")
        grants = channels = 0
        section = None
        for line in text.splitlines():
            section = _section(line, section)
            if section == ("grants", guest.number) and re.search(r"\[0x[0-9a-f]+\]", line):
                grants += 1
            elif section == ("channels", guest.number) and re.search(r"\d+ \[[0-9/]+\]", line):
                channels += 1
        process = self.host_process(guest)
        files = int(self.machine.dom0(f"ls /proc/{process}/fd | wc -l"))
        return {"grants": grants, "event channels": channels, "files": files}


def _section(line, before):
    """Which table of Xen's a line of its log begins, if any."""
    for kind, pattern in (
        ("grants", r"active entries.*d(\d+)|grant-table for remote d(\d+)|gnttab_usage_print.*\bd(\d+)"),
        ("channels", r"Event channel information for (?:domain|d)\s*(\d+)"),
    ):
        match = re.search(pattern, line)
        if match:
            return kind, int(next(number for number in match.groups() if number))
    return before


def check(is_true, what):
    if not is_true:
        raise Failure(what)


def apps_draw_the_same(stack):
    """Programs of the guest read back what the same programs do on dom0's own driver."""
    names = stack.machine.dom0(stack.host("/programs/xg-gl-case --list")).split()
    for name in [name for name in PARITY if name in names] or names[:8]:
        status, text = stack.one.run(f"/programs/app /programs/xg-gl-case {name}", 300)
        native = stack.machine.dom0(stack.host(f"/programs/xg-gl-case {name}"), 300)
        check(status == 0 and text.strip() == native, f"{name} differs:\n{text}\nfrom\n{native}")
        print(f"#   {name}: {len(native.splitlines())} lines are the same")


def two_guests_stand_on_one_screen(stack):
    """glmark2 validates in one guest while weston's client draws in the other."""
    stack.two.run("/programs/app weston-simple-egl >/tmp/simple-egl.log 2>&1 &")
    scenes = " ".join(f"-b {scene}" for scene in SCENES)
    stack.one.begin(f"/programs/app glmark2-es2-wayland --validate -s 320x240 {scenes}")
    wanted = set(COLOURS.values())
    end = time.monotonic() + 300
    while not wanted <= set((screen := stack.screenshot("screenshot")).colours()):
        check(time.monotonic() < end, "not both guests' windows are on the screen")
    status, text = stack.one.finish(600)
    results = re.findall(r"\[(\w+)\].*Validation: (\w+)", text)
    print(f"#   {results}; {len(screen.colours())} colours on the screen")
    check(status == 0 and len(results) == len(SCENES), f"glmark2 says:\n{text}")
    check(all(result != "Failure" for _, result in results), f"glmark2 says:\n{text}")
    stack.two.run("busybox killall weston-simple-egl")


def twenty_apps_leave_nothing(stack):
    """Grants, event channels and the host's files are as many as before."""
    stack.one.run("/programs/app /programs/xg-gl-case clear", 300)
    before = stack.counts(stack.one)
    stack.one.run(
        "for i in $(seq 20); do /programs/app /programs/xg-gl-case clear >/dev/null; done", 900)
    stack.machine.dom0("sleep 3")
    after = stack.counts(stack.one)
    print(f"#   {before}")
    check(before["grants"] > 0 and before["event channels"] > 0, f"nothing is counted: {before}")
    check(after == before, f"{after} after, {before} before")


TESTS = (apps_draw_the_same, two_guests_stand_on_one_screen, twenty_apps_leave_nothing)


def run(stack, names):
    """Runs the tests; answers how many failed."""
    failures = 0
    for number, test in enumerate([t for t in TESTS if not names or t.__name__ in names], 1):
        begin = time.monotonic()
        try:
            test(stack)
            verdict = "ok"
        except Failure as failure:
            verdict = "not ok"
            failures += 1
            print("# " + str(failure).replace("\n", "\n# "))
        except Exception:  # a driver of tests that breaks has not shown anything
            verdict = "not ok"
            failures += 1
            print("# " + traceback.format_exc().replace("\n", "\n# "))
        title = test.__name__.replace("_", " ")
        print(f"{verdict} {number} {title} ({time.monotonic() - begin:.0f} s)", flush=True)
    return failures


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build").resolve()
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
    with Machine(build / "xen") as machine:
        failures = 1
        try:
            failures = run(Stack(machine, build), sys.argv[2:])
        except Failure as failure:
            print(f"not ok: {failure}")
        if failures:
            print(machine.try_dom0("tail -n 30 /run/*.log; xenstore-ls -f /local/domain/0/backend/"
                                   "xenglass; dmesg | tail -n 5")[1].decode(errors="replace"))
            for guest in machine.guests.values():
                print(guest.run("tail -n 20 /tmp/*.log; dmesg | tail -n 3")[1])
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
