#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Puts the timelines of one run's processes into one, and says where a frame's time goes.

The processes write them with XENGLASS_TIMELINE=FOLDER (protocol/base/timeline.h). The one file that
this makes of them is for https://ui.perfetto.dev or chrome://tracing; there, arrows lead from the
program's swap to the host's.
"""
import argparse
import collections
import json
import pathlib
import statistics
import sys

# Each span that the split names: whose, which, and what a reader wants to know of it.
PARTS = (
    ("guest", "between swaps", "the program and the encoding"),
    ("guest", "wait for room", "the ring is full"),
    ("guest", "wait for an answer", "a call that cannot go on without"),
    ("guest", "wait for swaps", "as many are in flight as may be"),
    ("guest", "wait for the frame callback", "the interval is kept"),
    ("guest", "swap", ""),
    ("xenglass-host", "replay", "the replay thread is awake, its waits and swaps included"),
    ("xenglass-host", "wait for another stream", "the order between the program's threads"),
    ("xenglass-host", "wait for the relay", "the swap's place among the Wayland requests"),
    ("xenglass-host", "swap", "in the driver; llvmpipe draws here"),
    ("xenglass-compositor", "upload", "of shared memory"),
    ("xenglass-compositor", "paint", ""),
    ("screen", "on its way to the screen", "from the host's swap to the light"),
)
OURS = ("xenglass-host", "xenglass-compositor")


def read(folder):
    """All events of a folder's files, in the order of their times."""
    events = []
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        for line in path.read_text().splitlines():
            # The last line of what was killed may be half a one.
            if line.endswith("},"):
                events.append(json.loads(line.lstrip("[").rstrip(",")))
    return sorted(events, key=lambda event: event.get("ts", 0))


def programs(events):
    return {e["pid"]: e["args"]["name"] for e in events if e["ph"] == "M"}


def gaps(swaps):
    """Milliseconds between the end of a swap and the begin of the next, on one thread."""
    return [b["ts"] - a["ts"] - a["dur"] for a, b in zip(swaps, swaps[1:])]


def split(events):
    """(frames, {(whose, which): milliseconds a frame}) of the frames that were swapped."""
    names = programs(events)
    totals, begun, shown_us = collections.Counter(), {}, []
    swaps = [e for e in events if e["name"] == "swap" and names[e["pid"]] not in OURS]
    if not swaps:
        return 0, {}
    # What came before the first swap is the program's start.
    start = swaps[0]["ts"]
    for event in (e for e in events if e.get("ts", 0) >= start):
        whose = names[event["pid"]] if names[event["pid"]] in OURS else "guest"
        if event["ph"] == "X":
            totals[whose, event["name"]] += event["dur"]
        elif event["ph"] == "b":
            begun[event["id"]] = event["ts"]
        elif event["id"] in begun:
            shown_us.append(event["ts"] - begun.pop(event["id"]))
    for thread in {(e["pid"], e["tid"]) for e in swaps}:
        spans = [e for e in swaps if (e["pid"], e["tid"]) == thread]
        waits = [e["dur"] for e in events if e["ph"] == "X" and e["name"].startswith("wait")
                 and (e["pid"], e["tid"]) == thread and start <= e["ts"] < spans[-1]["ts"]]  # fmt: skip
        totals["guest", "between swaps"] += sum(gaps(spans)) - sum(waits)
    found = {part: total / 1000 / len(swaps) for part, total in totals.items()}
    if shown_us:
        found["screen", "on its way to the screen"] = statistics.fmean(shown_us) / 1000
    return len(swaps), found


def show(frames, found):
    """What split answers, as a table."""
    print(f"{frames} frames, milliseconds a frame")
    for whose, which, what in PARTS:
        if (whose, which) in found:
            print(f"  {whose:20} {which:28}{found[whose, which]:9.3f}  {what}".rstrip())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--output", type=pathlib.Path, help="the one file of all processes")
    arguments = parser.parse_args()
    events = read(arguments.folder)
    if not events:
        sys.exit(f"timeline.py: there is no timeline in {arguments.folder}")
    if arguments.output:
        arguments.output.write_text("[" + ",\n".join(json.dumps(e) for e in events) + "]\n")
    show(*split(events))


if __name__ == "__main__":
    main()
