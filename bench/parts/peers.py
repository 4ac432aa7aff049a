# SPDX-License-Identifier: MIT
"""glmark2 by all that can stand in the stack's place, with the same precision in the shaders"""
import contextlib
import shutil

import figures as numbers
import glmark2
import peers
import scenes

GIVES = ("virgl_mean", "virgl_least", "waypipe_mean", "native_mean")
IS_TIMED = True


def chosen(plan):
    return plan.thinned(plan.scenes(), 3)


def seconds(plan):
    return scenes.seconds(plan, chosen(plan), sides=2 + len(peers.PEERS))


def measure(bench):
    if missing := [name for name in peers.PROGRAMS if not shutil.which(name)]:
        print(f"no {' and no '.join(missing)} here: nobody to compare with")
        return None
    before = bench.sides
    with contextlib.ExitStack() as ends:
        ends.callback(setattr, bench, "sides", before)
        bench.sides = dict(before)
        for name, peer in peers.PEERS.items():
            bench.sides[name] = ends.enter_context(peer(bench.run, bench.compositor))
        found = scenes.run(bench, chosen(bench.plan), suffix=peers.PRECISION)
    return {"ms_a_frame": found}


def show(raw):
    cells = raw["ms_a_frame"]
    sides = list(next(iter(cells.values()), {}))
    others = [side for side in sides if side != "xenglass"]
    print(f"{'frames a second':44}{''.join(f'{side:>10}' for side in sides)}"
          f"{''.join(f'{side:>9}' for side in others)}   (xenglass to each)")  # fmt: skip
    for name, cell in cells.items():
        times = (numbers.median(cell[side]) for side in sides)
        fps = "".join(f"{numbers.shown(ms and 1000 / ms, 0):>10}" for ms in times)
        ratios = (numbers.median(numbers.ratios(cell, side)) for side in others)
        print(f"{glmark2.short(name):44}{fps}" + "".join(f"{numbers.shown(r):>9}" for r in ratios))
    for side in others:
        found = scenes.ratios(cells, side)
        scenes.show_figure(f"to {side}, geometric mean", 84, numbers.mean_of_runs(found.values()))
        scenes.show_figure(f"to {side}, least", 84, numbers.least(found))


def beside(figure, native):
    """A Figure to virgl, with native's own in its note: no stack on a driver is beyond that."""
    if not figure or not native:
        return figure
    own = f"native's own: {native.value:.2f}, {numbers.spread([native.low, native.high])}"
    return figure._replace(note=f"{figure.note}; {own}" if figure.note else own)


def figures(raw):
    cells = raw["ms_a_frame"]
    found = {side: scenes.ratios(cells, side) for side in ("native", *peers.PEERS)}
    means = {f"{side}_mean": numbers.mean_of_runs(runs.values()) for side, runs in found.items()}
    native = {name: numbers.ratios(cell, "virgl", "native") for name, cell in cells.items()}
    means["virgl_mean"] = beside(means["virgl_mean"], numbers.mean_of_runs(native.values()))
    least = numbers.least(found["virgl"])
    own = numbers.figure(native[least.note]) if least else None
    return means | {"virgl_least": beside(least, own)}
