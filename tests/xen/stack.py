# SPDX-License-Identifier: MIT
"""xenglass on the machine that machine.py boots, and what the tests ask of it."""
import json
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "harness"))
import png  # noqa: E402
from machine import DEADLINE_S, Failure  # noqa: E402

RUNTIME = "/run/user"
# Draws with a shader and a texture, and reads it back.
PROGRAM = "/programs/app /programs/xg-gl-case sub_image"
SCREEN = (800, 480)
# Few, so that a program that only draws on leaves the processor to what is tested.
FRAMES_PER_S = 5
COLOURS = {"one": (0x34, 0x65, 0xA4), "two": (0xCC, 0x00, 0x00)}


class Stack:
    """xenglass on the machine: dom0's compositor and daemon, and a daemon in each guest."""

    def __init__(self, machine, build):
        self.machine = machine
        self.build = build
        self.one, self.two = machine.guests["one"], machine.guests["two"]
        lines = (f"{name} colour={bytes(colour).hex()}" for name, colour in COLOURS.items())
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
        # To optimize shaders takes the emulated processor longer than the few frames that gain.
        return (f"chroot /host env XDG_RUNTIME_DIR={RUNTIME} WAYLAND_DISPLAY=wl"
                f" MESA_SHADER_CACHE_DISABLE=true GALLIVM_PERF=nopt {command}")  # fmt: skip

    def start_compositor(self):
        self.machine.dom0(
            self.host(f"/programs/xenglass-compositor --headless {SCREEN[0]}x{SCREEN[1]}"
                      f" --refresh {FRAMES_PER_S} --socket wl --control {RUNTIME}/control")
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
            self.machine.wait_for_node(f"{path}/state", "4", f"{path} connected")

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

    def memory(self):
        """(what Xen has free, what dom0 could still take), in MiB."""
        free, available = self.machine.dom0(
            "xl info | sed -n 's/^free_memory *: *//p'; sed -n 's/^MemAvailable: *//p' /proc/meminfo"
        ).split()[:2]
        return int(free), int(available) // 1024

    def screenshot(self, name="screen"):
        self.machine.dom0(self.host(f"grim -l 0 /tmp/{name}.png"))
        path = self.build / "xen" / f"{name}.png"
        path.write_bytes(self.machine.fetch(f"/host/tmp/{name}.png"))
        return png.read(path)

    def screenshot_with(self, *guests):
        """The screen, once these guests' windows are on it."""
        wanted = {COLOURS[guest.name] for guest in guests}
        end = time.monotonic() + DEADLINE_S
        while not wanted <= set((screen := self.screenshot("screenshot")).colours()):
            check(time.monotonic() < end, "not all guests' windows are on the screen")
        return screen

    def local(self, *arguments):
        """What local.py says: the same over the local transport, on this machine. The driver does
        without AVX, as in the emulated one: with it some sums are rounded once less."""
        command = [sys.executable, HERE / "local.py", self.build, *map(str, arguments)]
        return subprocess.run(
            command, check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            env={**os.environ, "GALLIUM_OVERRIDE_CPU_CAPS": "sse4.1"},
        ).stdout  # fmt: skip

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


class Bystander:
    """weston's client in the other guest, which draws on whatever happens to the first."""

    def __init__(self, guest):
        self.guest = guest
        guest.run("rm -f /tmp/bystander; XENGLASS_STATS=/tmp/bystander"
                  " /programs/app weston-simple-egl >/tmp/simple-egl.log 2>&1 &")  # fmt: skip
        self.check_goes_on()

    def frames(self):
        """How many it has drawn, as the guest's library counts them, once a second."""
        text = self.guest.run("cat /tmp/bystander 2>/dev/null")[1]
        return sum(window["frames"] for window in json.loads(text or "{}").get("windows", ()))

    def check_goes_on(self):
        """It draws some frames from now on."""
        before = self.frames()
        end = time.monotonic() + DEADLINE_S
        while self.frames() < before + 2 * FRAMES_PER_S:
            check(time.monotonic() < end, f"{self.guest.name} draws no more")
            time.sleep(1)

    def end(self):
        self.guest.run("killall weston-simple-egl")


def check_works(stack, guest):
    """A new program draws in the guest, once its daemon is connected."""
    stack.wait_connected(guest)
    guest.run("until [ -S /run/xenglass/gl.sock ]; do sleep 1; done")
    status, text = guest.run(PROGRAM)
    check(status == 0 and text.endswith("end\n"), f"a new program does not draw: {text}")


def wait_reconnected(stack, guest, host):
    """Another host process than that serves the guest."""
    end = time.monotonic() + DEADLINE_S
    while stack.host_process(guest) in (0, host):
        check(time.monotonic() < end, f"{guest.name} does not connect again")
    check_works(stack, guest)
