# SPDX-License-Identifier: MIT
"""What the project wants to reach: the only place where its goals of speed are written down."""
from typing import NamedTuple

import figures


class Goal(NamedTuple):
    part: str  # of parts.ORDER
    figure: str  # of the part's GIVES
    relation: str  # "≥" or "≤"
    limit: float
    unit: str
    meaning: str


GOALS = (
    Goal("glmark2", "mean", "≥", 1.00, "× native", "glmark2, frames/s, geometric mean of the scenes"),
    Goal("glmark2", "least", "≥", 0.90, "× native", "glmark2, frames/s, the least scene"),
    Goal("peers", "virgl_mean", "≥", 2.0, "× virgl", "glmark2 at highp, frames/s, geometric mean"),
    Goal("peers", "virgl_least", "≥", 1.0, "× virgl", "glmark2 at highp, frames/s, the least scene"),
    Goal("noop", "driver_bound_mean", "≥", 1.0, "× native", "a driver that draws nothing, driver-bound scenes, mean"),
    Goal("noop", "driver_bound_least", "≥", 1.0, "× native", "a driver that draws nothing, driver-bound scenes, least"),
    Goal("calls", "small_ns", "≤", 10, "ns", "a small call in the program's thread, the slowest"),
    Goal("instructions", "small", "≤", 60, "instructions", "a small call in the program's thread, the longest"),
    Goal("octets", "small", "≤", 32, "octets", "a small call in the ring, the largest"),
    Goal("replay", "million_per_s", "≥", 20, "million/s", "small calls replayed into a driver of stubs, the slowest"),
    Goal("sync", "one_cpu", "≤", 1.2, "× ping-pong", "a call that waits for its answer, all on one CPU"),
    Goal("sync", "all_cpus", "≤", 1.2, "× ping-pong", "a call that waits for its answer"),
    Goal("steady", "waits", "≤", 0, "calls", "calls that wait, a steady frame, the worst scene"),
    Goal("copies", "texture", "≥", 0.8, "× native", "octets/s by glTexSubImage2D, 64 KiB or more, least"),
    Goal("copies", "buffer", "≥", 0.8, "× native", "octets/s by glBufferSubData, 64 KiB or more, least"),
    Goal("copies", "mapped", "≥", 0.8, "× native", "octets/s by a mapped stream, 64 KiB or more, least"),
    Goal("copies", "pixels", "≥", 0.8, "× native", "octets/s by glReadPixels, 64 KiB or more, least"),
    Goal("copies", "pack", "≥", 0.8, "× native", "octets/s by glReadPixels to a buffer, 64 KiB or more, least"),
    Goal("guests", "total", "≥", 0.95, "× one guest", "frames/s of 16 guests together"),
    Goal("guests", "jain", "≥", 0.98, "of 1", "fairness among 16 guests, Jain's index"),
    Goal("idle", "memory_mib", "≤", 8, "MiB", "an idle guest's memory, beyond a native program's"),
    Goal("idle", "switches", "≤", 0, "a second", "context switches of a stack whose window stands still"),
    Goal("latency", "p99_more_ms", "≤", 1.0, "ms", "eglSwapBuffers to screen, 99th percentile, beyond native's"),
)  # fmt: skip
# A part in which others took more of the processors than this has had no quiet machine.
OTHERS_MAX = 0.05
# Fewer runs show no spread.
RUNS_MIN = 3


def is_reached(goal, value):
    return value >= goal.limit if goal.relation == "≥" else value <= goal.limit


def doubts(goal, figure, part):
    """Why another run might judge otherwise; a list."""
    found = []
    if is_reached(goal, figure.low) != is_reached(goal, figure.high):
        found.append("the goal lies between the quartiles")
    if part["is_timed"] and figure.runs < RUNS_MIN:
        found.append("few runs")
    if part["is_timed"] and part["others"] > OTHERS_MAX:
        found.append("busy machine")
    return found


def judge(parts):
    """A dictionary for each goal, from {part: what bench.py keeps of it}."""
    rows = []
    for goal in GOALS:
        row = goal._asdict() | {"is_reached": None, "measured": None, "doubts": []}
        part = parts.get(goal.part, {"figures": {}})
        if found := part["figures"].get(goal.figure):
            figure = figures.Figure(**found)
            row["is_reached"] = is_reached(goal, figure.value)
            row["measured"] = found
            row["doubts"] = doubts(goal, figure, part)
        rows.append(row)
    return rows


def verdict(row):
    if row["measured"] is None:
        return "not measured"
    word = "reached" if row["is_reached"] else "missed"
    return f"{word}, in doubt: {', '.join(row['doubts'])}" if row["doubts"] else word


def show(rows):
    print(f"\n{'goal':58}{'wanted':>22}{'measured':>11}{'quartiles':>15}")
    for row in rows:
        wanted = f"{row['relation']} {row['limit']:g} {row['unit']}"
        value = between = note = ""
        if row["measured"]:
            figure = figures.Figure(**row["measured"])
            value, note = figures.shown(figure.value), figure.note
            between = figures.spread([figure.low, figure.high])
        print(f"{row['meaning']:58}{wanted:>22}{value:>11}{between:>15}  {verdict(row)}")
        if note:
            print(f"  {row['part']}: {note}")
    count = sum(row["is_reached"] is True for row in rows)
    missing = sum(row["measured"] is None for row in rows)
    print(f"{count} of {len(rows)} goals reached, {missing} not measured")
