# SPDX-License-Identifier: MIT
"""Runs glmark2's scenes, each in a process of its own, and shows times a frame side by side."""
import figures
import glmark2

# What a program takes from its start to its first frame, and terrain takes more.
START_S = 0.25
TERRAIN_S = 4


def run(bench, scenes, *options, suffix="", **others):
    """{a scene's name: {side: milliseconds a frame, of each run}}."""
    cells = {}
    for scene in scenes:
        command = [glmark2.PROGRAM, *options]
        command += ["-b", f"{scene}:duration={bench.plan.seconds}{suffix}"]
        cells[glmark2.label(scene)] = bench.each_side(bench.frame_ms, command, **others)
        print(f"  {len(cells):2}  {glmark2.label(scene)}", flush=True)
    return cells


def seconds(plan, scenes, sides=2):
    terrain = TERRAIN_S * sum(scene == "terrain" for scene in scenes)
    return sides * plan.runs * (len(scenes) * (plan.seconds + START_S) + terrain)


def ratios(cells, over=None):
    """{scene: how many times as fast as another side, or the reference, xenglass was, of each pair
    of runs}."""
    return {name: figures.ratios(cell, over) for name, cell in cells.items()}


def show(cells, scale, unit):
    """A table of the reference and xenglass; scale makes what is shown of milliseconds."""
    sides = figures.sides(next(iter(cells.values()), {"native": []}))
    heads = "".join(f"{f'{side}, {unit}':>16}" for side in sides)
    print(f"{'scene':44}{heads}{'ratio':>7}  quartiles")
    for name, cell in cells.items():
        found = figures.ratios(cell)
        if not found:
            print(f"{glmark2.short(name):44}  did not run")
            continue
        times = (figures.median(cell[side]) for side in sides)
        row = "".join(f"{figures.shown(scale(ms), 1):>16}" for ms in times)
        print(f"{glmark2.short(name):44}{row}{figures.median(found):7.2f}  {figures.spread(found)}")
    found = ratios(cells)
    show_figure("geometric mean", 76, figures.mean_of_runs(found.values()))
    show_figure("least", 76, figures.least(found))


def show_figure(name, width, figure):
    if figure:
        between = figures.spread([figure.low, figure.high])
        print(f"{name:{width}}{figure.value:7.2f}  {between}  {figure.note}".rstrip())
