# SPDX-License-Identifier: MIT
"""What a steady frame costs on Xen, by counters, beside what it costs over the local transport."""
import itertools
import json
import struct
from collections import Counter

from stack import check

FRAMES = 40
# The notifications of a frame, each way; what more is allowed is where the counting begins.
NOTIFICATIONS = 2
SLACK = 8
# Xen's trace: hypercalls of PV domains, and which domain a processor goes over to.
EVENTS = 0x00229000
CPU_CHANGE, HYPERCALL, SWITCH = 0x0001F003, 0x0020100D, 0x0002800A
EVENT_CHANNEL_OP = 32


def read_trace(trace):
    """(domain, number of the hypercall) for each hypercall of a trace."""
    domains, cpu, place = {}, 0, 0
    while place + 4 <= len(trace):
        (head,) = struct.unpack_from("<I", trace, place)
        event, words, has_time = head & 0xFFFFFFF, head >> 28 & 7, head >> 31
        place += 4 + 8 * has_time
        extra = struct.unpack_from(f"<{words}I", trace, place)
        place += 4 * words
        if event == CPU_CHANGE:
            cpu = extra[0]
        elif event == SWITCH:
            domains[cpu] = extra[2]
        elif event == HYPERCALL:
            yield domains.get(cpu), extra[0] & 0xFFFFF


def arrived(text):
    """How many events have come, by /proc/interrupts, which has a column for each processor."""
    words = (line.split()[1:] for line in text.splitlines())
    return sum(int(word) for line in words for word in itertools.takewhile(str.isdigit, line))


class Count:
    """What has happened on Xen since it was made."""

    def __init__(self, stack):
        self.stack = stack
        stack.machine.dom0(f"xentrace -D -e {EVENTS:#x} -S 256 /run/trace >/run/xentrace.log 2>&1 &")
        self.begin = self.arrived()

    def arrived(self):
        at_guest = self.stack.one.run("grep evtchn:xenglass /proc/interrupts")[1]
        at_host = self.stack.machine.dom0("grep evtchn:xenglass /proc/interrupts")
        return arrived(at_host), arrived(at_guest)

    def end(self):
        """(to the host, to the guest, hypercalls)"""
        end = self.arrived()
        self.stack.machine.dom0("killall -INT xentrace; while pidof xentrace; do usleep 100000; done")
        trace = self.stack.machine.fetch("/run/trace")
        return *(after - before for after, before in zip(end, self.begin)), Counter(read_trace(trace))


def count_on_xen(stack):
    guest = stack.one
    guest.run("mkfifo /tmp/go; sleep 9999 >/tmp/go & XENGLASS_STATS=/tmp/stats /programs/app"
              f" /programs/xg-egl-still {FRAMES} </tmp/go >/tmp/still.log 2>&1 &")  # fmt: skip
    guest.run("until [ $(grep -c drawn /tmp/still.log) = 1 ]; do sleep 1; done")
    count = Count(stack)
    guest.run("echo >/tmp/go; until [ $(grep -c drawn /tmp/still.log) = 2 ]; do sleep 1; done")
    counted = count.end()
    guest.run("killall sleep; until [ -e /tmp/stats ] && ! pidof xg-egl-still; do sleep 1; done")
    return *counted, json.loads(guest.run("cat /tmp/stats; rm /tmp/stats /tmp/go")[1])


def count_locally(stack):
    """Two runs, one of them longer by so many frames: the difference is theirs."""
    short, long = (
        json.loads(stack.local("count", stack.build / "tests/egl/xg-egl-still", frames))
        for frames in (FRAMES, 2 * FRAMES)
    )
    to_host = [run["guestd"] + run["stats"]["notifications_at_swap"][-1] for run in (short, long)]
    return to_host[1] - to_host[0], long["host"] - short["host"], long["stats"]


def bytes_of_a_frame(stats):
    at_swap = stats["bytes_at_swap"]
    return at_swap[-1] - at_swap[-2]


def steady_frames_cost_little(stack):
    """Two notifications each way, and the bytes that they take locally."""
    to_host, to_guest, calls, stats = count_on_xen(stack)
    local_to_host, local_to_guest, local_stats = count_locally(stack)
    by_domain = {domain: sum(n for (where, _), n in calls.items() if where == domain)
                 for domain in (0, stack.one.number)}  # fmt: skip
    for_events = sum(n for (_, call), n in calls.items() if call == EVENT_CHANNEL_OP)
    rows = {
        "notifications, guest to host": (to_host / FRAMES, local_to_host / FRAMES),
        "notifications, host to guest": (to_guest / FRAMES, local_to_guest / FRAMES),
        "bytes through the ring": (bytes_of_a_frame(stats), bytes_of_a_frame(local_stats)),
        "hypercalls of the guest": (by_domain[stack.one.number] / FRAMES, 0),
        "hypercalls of dom0": (by_domain[0] / FRAMES, 0),
        "hypercalls for event channels": (for_events / FRAMES, 0),
    }
    print(f"#   {'in a steady frame':<32}{'Xen':>8}{'local':>8}")
    for name, (here, there) in rows.items():
        print(f"#   {name:<32}{here:>8.1f}{there:>8.1f}")
    check(0 < to_host <= NOTIFICATIONS * FRAMES + SLACK, "too many notifications to the host")
    check(0 < to_guest <= NOTIFICATIONS * FRAMES + SLACK, "too many notifications to the guest")
    check(by_domain[stack.one.number] > for_events > 0, "the trace has lost hypercalls")
    check(bytes_of_a_frame(stats) == bytes_of_a_frame(local_stats), "a frame takes other bytes")


TESTS = (steady_frames_cost_little,)
