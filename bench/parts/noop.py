# SPDX-License-Identifier: MIT
"""glmark2 off-screen with a driver that draws nothing: in the program, or in its host process

What is left of a frame is the program's own work, the API's, and the stack's.
"""
import figures as numbers
import glmark2
import instructions
import scenes

GIVES = ("mean", "least", "driver_bound_mean", "driver_bound_least")
IS_TIMED = True

# Mesa's driver that does nothing crashes where it is to map what it does not have: so do these.
LEFT_OUT = {
    "desktop:": "natively, the driver crashes",
    "buffer:columns=200:interleave=false:update-dispersion=0.9:update-fraction=0.5"
    ":update-method=subdata": "the driver crashes, natively and in the host process",
    "build:use-vbo=false": "in the host process, where its arrays are uploaded, the driver crashes",
}
# By callgrind, natively and with this driver, 57 to 96 % of a frame's instructions are the driver's
# in other scenes, and 2 % in these: there the program computes and copies.
PROGRAM_BOUND = ("buffer]",)


def why_left_out(scene):
    return next((why for name, why in LEFT_OUT.items() if scene.startswith(name)), None)


def chosen(plan):
    return plan.thinned([scene for scene in plan.scenes() if not why_left_out(scene)], 2)


def seconds(plan):
    return scenes.seconds(plan, chosen(plan))


def measure(bench):
    reasons = {glmark2.label(scene): why_left_out(scene) for scene in bench.plan.scenes()}
    found = scenes.run(
        bench, chosen(bench.plan), "--off-screen", "--frame-end", "none",
        environment=instructions.NO_DRIVER,
    )  # fmt: skip
    left_out = {name: why for name, why in reasons.items() if why}
    return {"ms_a_frame": found, "left_out": left_out}


def bound(cells):
    """Of ratios by scene, those of scenes whose frame is mostly the driver's work."""
    return {name: found for name, found in cells.items() if not name[1:].startswith(PROGRAM_BOUND)}


def show(raw):
    scenes.show(raw["ms_a_frame"], lambda ms: 1000 * ms, "us")
    cells = bound(scenes.ratios(raw["ms_a_frame"]))
    mean = numbers.mean_of_runs(cells.values())
    scenes.show_figure(f"geometric mean of {len(cells)} scenes that the driver bounds", 76, mean)
    for name, why in raw["left_out"].items():
        print(f"{glmark2.short(name):44}  left out: {why}")


def figures(raw):
    found = scenes.ratios(raw["ms_a_frame"])
    return {
        "mean": numbers.mean_of_runs(found.values()),
        "least": numbers.least(found),
        "driver_bound_mean": numbers.mean_of_runs(bound(found).values()),
        "driver_bound_least": numbers.least(bound(found)),
    }
