# SPDX-License-Identifier: MIT
"""which program takes how much of a frame: load elsewhere lengthens a frame, and not this"""
import collections
import contextlib
import pathlib
import time

import figures as numbers
import glmark2

GIVES = ("cpu",)
IS_TIMED = True
SCENES = ("texture:texture-filter=linear", "build:use-vbo=true")
# Where a program's start is over, and its frames are all alike.
WARM_S = 1.5


def seconds(plan):
    return len(plan.thinned(SCENES, 2)) * 2 * plan.runs * (WARM_S + plan.seconds + 0.7)


def thread_times(run):
    """{thread: (program, CPU milliseconds, times that it slept)} of all processes of a run."""
    found = {}
    for pid, _ in run.alive():
        for task in pathlib.Path(f"/proc/{pid}/task").glob("*"):
            with contextlib.suppress(OSError):
                program = pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
                cpu_ns = int((task / "schedstat").read_text().split()[0])
                status = (task / "status").read_text()
                slept = int(status.split("\nvoluntary_ctxt_switches:")[1].split()[0])
                found[task.name] = (program, cpu_ns / 1e6, slept)
    return found


def measure_frames(bench, side, scene):
    """{program: (CPU milliseconds, sleeps) a frame} while a scene runs; None if it does not."""
    command = [glmark2.PROGRAM, "-b", f"{scene}:duration={WARM_S + bench.plan.seconds + 0.5}"]
    process = bench.start(side, command)
    time.sleep(WARM_S)
    before, start = thread_times(bench.run), time.monotonic()
    time.sleep(bench.plan.seconds)
    after, spent_s = thread_times(bench.run), time.monotonic() - start
    lines = list(glmark2.read_lines(process.communicate()[0].splitlines()))
    if not lines or not (frame_ms := glmark2.frame_time_ms(lines[0][1])):
        return None
    found = collections.defaultdict(lambda: (0, 0))
    for thread in before.keys() & after.keys():
        program, cpu, slept = after[thread]
        more = cpu - before[thread][1], slept - before[thread][2]
        more = (frame_ms / (spent_s * 1000) * each for each in more)
        found[program] = tuple(a + b for a, b in zip(found[program], more))
    return dict(found)


def measure(bench):
    return {
        glmark2.label(scene): bench.each_side(
            lambda side, scene=scene: measure_frames(bench, side, scene)
        )
        for scene in bench.plan.thinned(SCENES, 2)
    }


def totals(runs):
    return [sum(cpu for cpu, _ in run.values()) for run in runs if run]


def show(raw):
    for scene, cell in raw.items():
        print(f"{scene:44}{'CPU ms':>12}{'sleeps':>12}  a frame")
        for side in numbers.sides(cell):
            runs = [run for run in cell[side] if run]
            for program in {program: 0 for run in runs for program in run}:
                each = [run.get(program, (0, 0)) for run in runs]
                cpu, slept = (numbers.median(values) for values in zip(*each))
                if cpu >= 0.001:
                    print(f"  {side:10}{program:32}{cpu:12.3f}{slept:12.2f}")
            all_programs = totals(runs)
            print(f"  {side:42}{numbers.shown(numbers.median(all_programs), 3):>12}"
                  f"{'':12}  {numbers.spread(all_programs, 3)}")  # fmt: skip


def figures(raw):
    """The least ratio of the processor's time that a frame takes, the reference to xenglass."""
    cells = {
        scene: numbers.ratios({side: totals(runs) for side, runs in cell.items()})
        for scene, cell in raw.items()
    }
    return {"cpu": numbers.least(cells)}
