# SPDX-License-Identifier: MIT
"""many guests at once, each with a small window: what they have together, and whether evenly

All draw over the same seconds, which begin when the last has long started.
"""
import time

import figures as numbers
import stack

GIVES = ("total", "jain")
IS_TIMED = True
CROWD = stack.BUILD / "bench" / "bench-crowd"
COUNTS = (1, 2, 4, 8, 16)
MOST = str(max(COUNTS))
# How long a program may take from its start to its first frame, the more the more there are.
START_S, START_EACH_S = 1, 0.2
TRIES = 4


def window_s(plan):
    return 2 * plan.seconds


def start_s(count):
    return START_S + START_EACH_S * count


def seconds(plan):
    return 2 * plan.runs * sum(start_s(n) + window_s(plan) + 0.7 for n in plan.thinned(COUNTS, 4))


def frames_of_all(bench, side, count):
    """Frames a second of each of so many guests, or programs, over the same time; None if they do
    not start."""
    names = [f"guest{i}" for i in range(count)]
    for attempt in range(TRIES):
        with bench.apart(names) as apart:
            begin = time.monotonic() + start_s(count) * 2**attempt
            times = [f"{begin:.6f}", f"{begin + window_s(bench.plan):.6f}"]
            programs = [apart.start(side, [CROWD, *times], name) for name in names]
            said = [program.communicate()[0].strip() for program in programs]
        if all(word.isdigit() for word in said):
            return [int(word) / window_s(bench.plan) for word in said]
    print(f"  {side}: {count} at once: {' '.join(said)}")
    return None


def measure(bench):
    found = {}
    for count in bench.plan.thinned(COUNTS, 4):
        found[str(count)] = bench.each_side(lambda side, n=count: frames_of_all(bench, side, n))
        print(f"  {count:2}", flush=True)
    return {"frames_per_s": found}


def fairness(rates):
    """Jain's index: 1 if all have the same, 1 / n if one has all."""
    return sum(rates) ** 2 / (len(rates) * sum(rate**2 for rate in rates) or 1)


def to_one(raw, side, count):
    """What so many have together, of what one has: of each run."""
    cells = raw["frames_per_s"]
    return [sum(many) / sum(one) for many, one in zip(cells[count][side], cells["1"][side])
            if many and one and sum(one)]  # fmt: skip


def jain(raw, side, count):
    return [fairness(rates) for rates in raw["frames_per_s"][count][side] if rates]


def sides_of(raw):
    return numbers.sides(next(iter(raw["frames_per_s"].values())))


def show(raw):
    heads = f"{'frames/s':>10}{'to one':>10}{'quartiles':>14}{'Jain':>10}{'quartiles':>14}"
    print(f"{'at once':>20}{heads}")
    for side in sides_of(raw):
        for count, cell in raw["frames_per_s"].items():
            totals = [sum(rates) for rates in cell[side] if rates]
            total = numbers.shown(numbers.median(totals), 0)
            row = f"  {side:10}{count:>8}{total:>10}"
            for values, digits in ((to_one(raw, side, count), 2), (jain(raw, side, count), 3)):
                row += f"{numbers.shown(numbers.median(values), digits):>10}"
                row += f"{numbers.spread(values, digits):>14}"
            print(row)


def figures(raw):
    if MOST not in raw["frames_per_s"] or "1" not in raw["frames_per_s"]:
        return {}
    total, even = (numbers.figure(of(raw, "xenglass", MOST)) for of in (to_one, jain))
    side, _ = sides_of(raw)
    note = f"{side} {numbers.shown(numbers.median(to_one(raw, side, MOST)))}"
    return {"total": total and total._replace(note=note), "jain": even}
