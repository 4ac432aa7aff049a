# SPDX-License-Identifier: MIT
"""A guest whose root means harm, and what dom0 and the other guest notice of it.

hostile_guest.c does the harm, in the place of the guest's daemon. How fast the other guest draws is
held against how fast it does while the first one only burns its own processor: that is its right.
"""
import json
import time

from stack import check, check_works

HOSTILE = "/programs/hostile_guest"
# The emulated processor is one for all, and what it runs on is not ours alone. Without what the host
# process and xenglassd do against it, a storm left one frame in a hundred.
SHARE = 0.5
WINDOW_S = 10
TRIES = 3
PAUSE_S = 3


class Attack:
    """The first guest without its daemon, for as long as `with` lasts, and the other one drawing."""

    def __init__(self, stack):
        self.stack = stack
        self.dom0 = stack.machine.dom0
        self.guest, self.other = stack.one, stack.two

    def __enter__(self):
        self.before = self._counts()
        self.other.run("rm -f /tmp/frames; XENGLASS_STATS=/tmp/frames /programs/app"
                       " weston-simple-egl >/tmp/simple-egl.log 2>&1 &")  # fmt: skip
        self.guest.run("touch /tmp/stop; killall xenglass-guestd;"
                       " while killall -0 xenglass-guestd 2>/dev/null; do sleep 1; done")  # fmt: skip
        return self

    def __exit__(self, kind, *_):
        self.end()
        self.guest.run("rm /tmp/stop")
        if kind:
            self.other.run("killall weston-simple-egl")
            return
        after = self._counts()
        check(after == self.before, f"{after} after, {self.before} before")
        check(self.rate() > 0, f"{self.other.name} draws no more")
        self.other.run("killall weston-simple-egl")

    def _counts(self):
        """What the guest holds, once a program has drawn and gone."""
        check_works(self.stack, self.guest)
        self.dom0("sleep 2")
        return self.stack.counts(self.guest)

    def end(self):
        self.guest.run("killall -9 hostile_guest; sleep 1")

    def measure(self, command):
        """Attacks for a while. Frames a second that the other guest draws meanwhile, how many host
        processes were started, and in how many seconds."""
        hosts, begin = self._hosts(), time.monotonic()
        self.guest.run(f"{HOSTILE} {command} >/tmp/hostile.log 2>&1 &"
                       " until grep -q begun /tmp/hostile.log; do sleep 1; done")  # fmt: skip
        rate = self.rate()
        self.end()
        return rate, self._hosts() - hosts, time.monotonic() - begin

    def run(self, command):
        status, text = self.guest.run(f"{HOSTILE} {command}", 300)
        check(status == 0, f"{command}: {text}")

    def offer(self):
        """Brings the device to where a frontend can call."""
        front, back = "device/xenglass/0", self.stack.backend(self.guest)
        self.guest.run(f"xenstore-write {front}/state 1")
        self.stack.machine.wait_for(f'[ "$(xenstore-read {back}/state)" = 2 ]', "an offer")

    def _hosts(self):
        """How many host processes the guest has had."""
        return int(self.dom0(f"grep -c ' {self.guest.name} has come' /run/xenglassd.log"))

    def _frames(self):
        """A time and how many frames the other guest has drawn by then, as its library counts."""
        uptime, _, stats = self.other.run("cat /proc/uptime /tmp/frames")[1].partition("\n")
        windows = json.loads(stats)["windows"] if "windows" in stats else ()
        return float(uptime.split()[0]), sum(window["frames"] for window in windows)

    def rate(self):
        """Frames a second that the other guest draws."""
        begin_s, begin = self._frames()
        time.sleep(WINDOW_S)
        end_s, end = self._frames()
        return (end - begin) / (end_s - begin_s)


def hostile_guest_gets_nothing(stack):
    """Garbage in xenstore, false numbers, false indices and revoked pages: each is refused, and the
    host process goes on or ends; nothing of it is left."""
    with Attack(stack) as attack:
        front, back = "device/xenglass/0", stack.backend(stack.one)
        for ref, channel in (("99999999", "8"), ("8", "4000000"), ("x", "8")):
            attack.offer()
            attack.guest.run(f"xenstore-write {front}/version 1 {front}/ring-ref {ref}"
                             f" {front}/event-channel {channel} {front}/state 3")  # fmt: skip
            stack.machine.wait_for(f'[ "$(xenstore-read {back}/state)" = 6 ]', "the device closed")
        print("#   nodes")
        attack.run("numbers")
        log = attack.dom0("cat /run/xenglassd.log")
        for said in ("there is no such region", "there is no such port",
                     "the tail is not within the ring", "the tail is not aligned"):  # fmt: skip
            check(said in log, f"nobody has said that {said}:\n{log}")
        print("#   numbers")
        attack.run("linger")
        print("#   a beginning without end")


def hostile_guest_slows_nobody(stack):
    """Ports that fire without end, a frontend that comes again and again, nodes that are written
    without end: the other guest draws on."""
    with Attack(stack) as attack:
        usual, *_ = attack.measure("burn")
        for command in ("storm", "states", "store device/xenglass/0/none"):
            for _ in range(TRIES):
                rate, hosts, seconds = attack.measure(command)
                print(f"#   {command}: {rate:.1f} frames a second, {usual:.1f} are usual;"
                      f" {hosts} host processes in {seconds:.0f} s")  # fmt: skip
                check(hosts <= 2 + seconds / PAUSE_S, "host processes come too fast")
                if rate >= SHARE * usual:
                    break
                # The machine may have more to do than before.
                usual, *_ = attack.measure("burn")
            else:
                check(False, f"{attack.other.name} draws too few frames")


TESTS = (hostile_guest_gets_nothing, hostile_guest_slows_nobody)
