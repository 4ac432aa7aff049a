# SPDX-License-Identifier: MIT
"""from eglSwapBuffers to the screen, with the frames spread over the screen's period"""
import itertools

import figures as numbers
import stack

GIVES = ("p99_more_ms", "median_more_ms")
IS_TIMED = True
LATENCY = stack.BUILD / "bench" / "bench-latency"
# So many that the percentile is not the one longest of each run.
FRAMES_A_SECOND = 120
PERIOD_S = 0.018


def frames(plan):
    return max(10, int(FRAMES_A_SECOND * plan.seconds))


def seconds(plan):
    return 2 * plan.runs * (frames(plan) * PERIOD_S + 0.5)


def measure(bench):
    def latencies_ms(side):
        lines = bench.output(side, [LATENCY, str(frames(bench.plan))]).splitlines()
        return [float(line) / 1000 for line in lines if line[:1].isdigit()]

    return {"ms": bench.each_side(latencies_ms)}


def percentile(values, part):
    """The least value that so large a part of all does not exceed; None of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else None


def pooled(raw, side, part):
    return percentile(itertools.chain(*raw["ms"][side]), part)


def show(raw):
    print(f"{'ms':44}{'median':>12}{'90 %':>12}{'99 %':>12}{'frames':>12}")
    for side, runs in raw["ms"].items():
        shown = "".join(f"{numbers.shown(pooled(raw, side, p)):>12}" for p in (0.5, 0.9, 0.99))
        print(f"  {side:42}{shown}{sum(map(len, runs)):12}")


def more(raw, part):
    """The percentile of all runs' frames, beyond the reference's; its spread is that of single runs."""
    side, _ = numbers.sides(raw["ms"])
    ours, theirs = pooled(raw, "xenglass", part), pooled(raw, side, part)
    if ours is None or theirs is None:
        return None
    runs = [percentile(a, part) - percentile(b, part)
            for a, b in zip(raw["ms"]["xenglass"], raw["ms"][side]) if a and b]  # fmt: skip
    low, high = numbers.quartiles([*runs, ours - theirs])
    note = f"{ours:.2f} ms, {side} {theirs:.2f} ms"
    return numbers.Figure(ours - theirs, low, high, len(runs), note)


def figures(raw):
    return {"p99_more_ms": more(raw, 0.99), "median_more_ms": more(raw, 0.5)}
