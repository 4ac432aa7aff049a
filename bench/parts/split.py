# SPDX-License-Identifier: MIT
"""where the time of a frame goes, process by process, by the timelines that they write"""
import glmark2
import stack
import timeline

GIVES = ()
IS_TIMED = True
FEW_SCENES = ("texture:texture-filter=linear", "ideas:speed=duration")


def chosen(plan):
    """A few say most; --scene names whatever one wants to know."""
    return plan.scenes() if plan.scene else FEW_SCENES


def seconds(plan):
    return len(chosen(plan)) * (plan.seconds + 1.5)


def measure_scene(bench, scene):
    with bench.apart(folder_as=("XENGLASS_TIMELINE",)) as apart:
        command = [glmark2.PROGRAM, "-b", f"{scene}:duration={bench.plan.seconds}"]
        apart.output("xenglass", command)
        stack.end(apart.compositor.process)
        frames, found = timeline.split(timeline.read(apart.run.folder))
    return {"frames": frames, "ms_a_frame": [[*part, ms] for part, ms in found.items()]}


def measure(bench):
    return {glmark2.label(scene): measure_scene(bench, scene) for scene in chosen(bench.plan)}


def show(raw):
    for scene, found in raw.items():
        print(f"{scene}: ", end="")
        parts = {(whose, which): ms for whose, which, ms in found["ms_a_frame"]}
        timeline.show(found["frames"], parts)


def figures(raw):
    return {}
