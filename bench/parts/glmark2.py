# SPDX-License-Identifier: MIT
"""each scene of glmark2 in a window of 800x600, frames a second
"""
import figures as numbers
import scenes

GIVES = ("mean", "least")
IS_TIMED = True


def seconds(plan):
    return scenes.seconds(plan, plan.scenes())


def measure(bench):
    return {"ms_a_frame": scenes.run(bench, bench.plan.scenes())}


def show(raw):
    scenes.show(raw["ms_a_frame"], lambda ms: 1000 / ms, "fps")


def figures(raw):
    found = scenes.ratios(raw["ms_a_frame"])
    return {"mean": numbers.mean_of_runs(found.values()), "least": numbers.least(found)}
