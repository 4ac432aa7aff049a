# SPDX-License-Identifier: MIT
"""xenglass on the machine that machine.py boots, and what the tests ask of it."""
import pathlib
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import png  # noqa: E402
from machine import Failure  # noqa: E402

RUNTIME = "/run/user"
COLOURS = {"one": (0x34, 0x65, 0xA4), "two": (0xCC, 0x00, 0x00)}


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
