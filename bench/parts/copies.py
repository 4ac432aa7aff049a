# SPDX-License-Identifier: MIT
"""octets a second to the driver's memory and from there, with the ordinary driver
"""
import contenders
import figures as numbers
import stack

GIVES = ("texture", "buffer", "mapped", "pixels", "pack")
IS_TIMED = True
COPIES = stack.BUILD / "bench" / "bench-copies"
FLOOR = stack.BUILD / "bench" / "bench-floor"
KIB = 1024
SIZES = tuple(kib * KIB for kib in (4, 64, 1024, 4096))
# Below this it is the calls that take the time, and not what they copy.
LARGE = 64 * KIB
# What copies stand on: how fast they are at all, and where another processor reads what one writes.
FLOORS = {"memcpy": "memcpy in one process", "handed": "memcpy from process to process"}
KINDS = {
    "texture": "glTexSubImage2D",
    "buffer": "glBufferSubData",
    "mapped": "glMapBufferRange, a stream",
    "pixels": "glReadPixels",
    "pack": "glReadPixels to a buffer, mapped",
}


def sizes(plan):
    """A quick run has the least and the greatest of those that goals are for."""
    return (LARGE, SIZES[-1]) if plan.is_quick else SIZES


def each_s(plan):
    return plan.seconds / 8


def seconds(plan):
    return 2 * plan.runs * len(KINDS) * len(sizes(plan)) * (each_s(plan) + 0.15)


def measure(bench):
    found = {}
    for kind in KINDS:
        found[kind] = {
            str(size): bench.each_side(bench.number, [COPIES, kind, size, each_s(bench.plan)])
            for size in sizes(bench.plan)
        }
        print(f"  {kind}", flush=True)
    floors = bench.in_turn({
        kind: lambda kind=kind: contenders.last_number(bench.floor([FLOOR, kind, "1000"]))
        for kind in FLOORS
    })  # fmt: skip
    return {"octets_per_s": found, "floors_octets_per_s": floors}


def ratios(cell):
    """xenglass / the reference of each pair of runs."""
    return numbers.ratios(cell, "xenglass", numbers.reference(cell))


def show(raw):
    some = next(iter(raw["octets_per_s"]["texture"].values()))
    heads = "".join(f"{side:>10}" for side in numbers.sides(some))
    print(f"{'GB/s':44}{'KiB':>8}{heads}{'ratio':>8}  quartiles")
    for kind, cells in raw["octets_per_s"].items():
        for size, cell in cells.items():
            rates = (numbers.median(cell[side]) for side in numbers.sides(cell))
            row = "".join(f"{numbers.shown(rate and rate / 1e9):>10}" for rate in rates)
            found = ratios(cell)
            print(f"{KINDS[kind]:44}{int(size) // KIB:8}{row}"
                  f"{numbers.shown(numbers.median(found)):>8}  {numbers.spread(found)}")  # fmt: skip
    for kind, rates in raw["floors_octets_per_s"].items():
        found = [rate / 1e9 for rate in numbers.known(rates)]
        print(f"{FLOORS[kind]:44}{KIB:8}{numbers.shown(numbers.median(found)):>10}"
              f"{'':20}{numbers.spread(found)}")  # fmt: skip


def figures(raw):
    return {
        kind: numbers.least(
            {f"{int(size) // KIB} KiB": ratios(cell)
             for size, cell in cells.items() if int(size) >= LARGE}
        )
        for kind, cells in raw["octets_per_s"].items()
    }  # fmt: skip
