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
import signal
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
PARITY = ("clear", "buffer_draw", "client_arrays", "depth", "framebuffer_draw", "instanced",
          "map_range", "mipmaps", "sub_image", "uniforms", "viewport")  # fmt: skip
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
            self.host("/programs/xenglass-compositor --headless 1280x800 --socket wl"
                      f" --control {RUNTIME}/control")
            + " >/run/compositor.log 2>&1 &"
        )  # fmt: skip
        self.machine.wait_for(f"[ -S {RUNTIME}/control ]", "the compositor", 300)
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
        """As systemd would keep it running; with few pages, or not at all, if a file says so."""
        guest.run("umask 0; while :; do pages=4000; [ ! -e /tmp/few ] || pages=620;"
                  " [ -e /tmp/stop ] || XENGLASS_LOG=info /programs/xenglass-guestd --xen"
                  " --xen-pages $pages; sleep 3; done >/tmp/guestd.log 2>&1 &")  # fmt: skip

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
        counts = {"grants": 0, "event channels": 0}
        domain = None
        for line in text.splitlines():
            head = re.search(r"grant-table for remote d(\d+)|information for domain (\d+)", line)
            if head:
                domain = int(head.group(1) or head.group(2))
            elif domain == guest.number:
                # What a process maps is pinned twice; a disk's pages once.
                counts["grants"] += bool(re.search(r"\] +0 0x[0-9a-f]+ 0x0*2 ", line))
                counts["event channels"] += " s=3 " in line
        process = self.host_process(guest)
        counts["files"] = int(self.machine.dom0(f"ls /proc/{process}/fd | wc -l"))
        return counts


def check(is_true, what):
    if not is_true:
        raise Failure(what)


def apps_draw_the_same(stack):
    """Programs of the guest read back what the same programs do on dom0's own driver."""
    for name in PARITY:
        status, text = stack.one.run(f"/programs/app /programs/xg-gl-case {name}", 300)
        native = stack.machine.dom0(stack.host(f"/programs/xg-gl-case {name}"), 300)
        check(status == 0 and text.strip() == native, f"{name} differs:\n{text}\nfrom\n{native}")
        print(f"#   {name}: {len(native.splitlines())} lines are the same")


def two_guests_stand_on_one_screen(stack):
    """glmark2 validates in one guest while weston's client draws in the other."""
    stack.two.run("/programs/app weston-simple-egl >/tmp/simple-egl.log 2>&1 &")
    scenes = " ".join(f"-b {scene}" for scene in SCENES)
    status, text = stack.one.run(f"/programs/app glmark2-es2-wayland --validate {scenes}", 600)
    results = re.findall(r"\[(\w+)\].*Validation: (\w+)", text)
    print(f"#   {results}")
    check(status == 0 and len(results) == len(SCENES), f"glmark2 says:\n{text}")
    check(all(result != "Failure" for _, result in results), f"glmark2 says:\n{text}")
    stack.one.run("/programs/app glmark2-es2-wayland -s 320x240 -b shading:duration=900"
                  " >/tmp/glmark2.log 2>&1 &")  # fmt: skip
    wanted = set(COLOURS.values())
    end = time.monotonic() + 300
    while not wanted <= set((screen := stack.screenshot("screenshot")).colours()):
        check(time.monotonic() < end, "not both guests' windows are on the screen")
    print(f"#   {len(screen.colours())} colours are on the screen")
    stack.one.run("killall glmark2-es2-wayland")
    stack.two.run("killall weston-simple-egl")


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


class Bystander:
    """weston's client in the other guest, which draws on whatever happens to the first."""

    def __init__(self, guest):
        self.guest = guest
        # To a terminal, where it writes each line at once.
        guest.run("/programs/app weston-simple-egl >/dev/hvc0 2>&1 &")
        self.check_goes_on()

    def _lines(self):
        return re.findall(r"(\d+) frames in", self.guest.console())

    def check_goes_on(self):
        """It tells every five seconds how many frames it drew: not none, twice from now on."""
        before = len(self._lines())
        end = time.monotonic() + 300
        while len(lines := self._lines()) < before + 2:
            check(time.monotonic() < end, f"{self.guest.name} draws no more")
            time.sleep(2)
        check(int(lines[-1]) > 0, f"{self.guest.name} draws no more")

    def end(self):
        self.guest.run("killall weston-simple-egl")


def check_works(stack, guest):
    """A new program draws in the guest, once its daemon is connected."""
    stack.wait_connected(guest)
    guest.run("until [ -S /run/xenglass/gl.sock ]; do sleep 1; done")
    status, text = guest.run("/programs/app /programs/xg-gl-case clear", 300)
    check(status == 0 and text.endswith("end\n"), f"a new program does not draw: {text}")


def wait_reconnected(stack, guest, host):
    """Another host process than that serves the guest."""
    end = time.monotonic() + 120
    while stack.host_process(guest) in (0, host):
        check(time.monotonic() < end, f"{guest.name} does not connect again")
    check_works(stack, guest)


def deaths_harm_nobody_else(stack):
    """Of an app, of the host process, of a guest's daemon: the other guest's frames go on."""
    bystander = Bystander(stack.two)
    before = stack.counts(stack.one)
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
    status, text = stack.one.run("/programs/app /programs/xg-gl-case clear", 300)
    check(status != 0, f"a second program had room: {text}")
    check(stack.one.run("ps | grep -q [w]eston-simple-egl && dd if=/dev/xvda bs=1M count=8"
                        " of=/dev/null")[0] == 0, "the first, or the disk, has died")  # fmt: skip
    stack.one.run("killall weston-simple-egl; sleep 2")
    check_works(stack, stack.one)
    stack.one.run("rm /tmp/few; killall xenglass-guestd")
    check_works(stack, stack.one)


def hostile_nodes_harm_nobody_else(stack):
    """Garbage in xenstore and false numbers end in Closed, and a line in the log."""
    bystander = Bystander(stack.two)
    stack.one.run("touch /tmp/stop; killall xenglass-guestd; sleep 2")
    front = "device/xenglass/0"
    back = stack.backend(stack.one)
    for version, ref, channel in (("1", "99999999", "8"), ("1", "8", "4000000"), ("1", "x", "8"),
                                  ("7", "8", "8"), ("1", "4294967295", "4294967295")):  # fmt: skip
        stack.one.run(f"xenstore-write {front}/state 1")
        stack.machine.wait_for(f'[ "$(xenstore-read {back}/state)" = 2 ]', "the device offered")
        stack.one.run(f"xenstore-write {front}/version {version} {front}/ring-ref {ref}"
                      f" {front}/event-channel {channel} {front}/state 3")  # fmt: skip
        stack.machine.wait_for(f'[ "$(xenstore-read {back}/state)" = 6 ]', "the device closed")
    stack.one.run(f"for i in $(seq 100); do xenstore-write {front}/state $((i % 8)); done")
    bystander.check_goes_on()
    stack.one.run("rm /tmp/stop")
    check_works(stack, stack.one)
    bystander.end()


def destroyed_guest_leaves_nothing(stack):
    """In the midst of its frames; the other guest's go on. This must be the last test."""
    bystander = Bystander(stack.one)
    stack.two.run("/programs/app weston-simple-egl >/dev/null 2>&1 & sleep 3")
    stack.machine.dom0("xl destroy two")
    stack.machine.wait_for(
        f"! xenstore-read {stack.backend(stack.two)}/state 2>/dev/null && ! xl list | grep -q null"
        " && [ $(xl list | wc -l) = 3 ]", "the destroyed guest gone",
    )  # fmt: skip
    bystander.check_goes_on()
    bystander.end()
    del stack.machine.guests["two"]


TESTS = (
    apps_draw_the_same,
    two_guests_stand_on_one_screen,
    twenty_apps_leave_nothing,
    deaths_harm_nobody_else,
    compositor_can_restart,
    daemon_of_the_host_can_restart,
    pool_of_pages_has_an_end,
    hostile_nodes_harm_nobody_else,
    destroyed_guest_leaves_nothing,
)


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
    # So that the machine ends with us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
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
            print(f"not ok 0 the stack starts ({failure})")
        if failures:
            print(machine.try_dom0("tail -n 30 /run/*.log; xenstore-ls -f /local/domain/0/backend/"
                                   "xenglass; dmesg | tail -n 5")[1].decode(errors="replace"))
            for guest in machine.guests.values():
                print(guest.run("tail -n 20 /tmp/*.log; dmesg | tail -n 3")[1])
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
