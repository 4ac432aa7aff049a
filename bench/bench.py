#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the stack, native, xenglass and its peers in turn under the same compositor; prints tables.

Never a test: machines differ, and the figures are for people. Runs of the two sides alternate, so
that a machine's drift falls on both; what is printed is a median, and beside a ratio the quartiles
of the ratios of neighbouring runs: where these lie far apart, the machine was busy with other
things, and the ratio says little. --realtime puts what is measured before all else that runs.
"""
import argparse
import collections
import contextlib
import functools
import itertools
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "tests" / "harness"))
import glmark2  # noqa: E402
import instructions  # noqa: E402
import peers  # noqa: E402
import stack  # noqa: E402
import timeline  # noqa: E402

CALLS = instructions.CALLS
FLOOR = stack.BUILD / "bench" / "bench-floor"
LATENCY = stack.BUILD / "bench" / "bench-latency"
STILL = stack.BUILD / "tests" / "egl" / "xg-egl-still"
SCREEN = (1024, 768)
GUESTS = (1, 2, 4, 8, 16)
BURST = 2000
SIDES = ("native", "xenglass")
FPS = re.compile(r"FPS:\s+(\d+)")
# Where a program's start is over, and its frames are all alike.
WARM_S = 1.5
LIGHT_SCENES = ("texture:texture-filter=linear", "build:use-vbo=true")
# With a driver that does nothing, what a frame takes is what the API and the stack take.
API_SCENES = ("build:use-vbo=true", "texture:texture-filter=linear", "pulsar", "ideas", "jellyfish",
              "terrain", "shadow", "loop")  # fmt: skip


class Bench:
    """Starts one command natively or in a guest, and answers what it printed."""

    def __init__(self, run, compositor, arguments):
        self.run = run
        self.compositor = compositor
        self.arguments = arguments
        self.results = {}
        self.starts = {"native": compositor.native, "xenglass": compositor.guest}

    def start(self, side, command, **options):
        return self.starts[side](
            "guest1", command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            **options
        )  # fmt: skip

    def number(self, side, command, **options):
        """The last line, as a number; None if it is none."""
        out = self.start(side, command, **options).communicate()[0].strip()
        try:
            return float(out.splitlines()[-1])
        except (ValueError, IndexError):
            print(f"  {side}: {' '.join(str(word) for word in command)}: {out[-200:]}")
            return None

    def frame_ms(self, side, command, **options):
        """Milliseconds a frame of one glmark2 scene; None if it did not run."""
        out = self.start(side, command, **options).communicate()[0]
        lines = list(glmark2.read_lines(out.splitlines()))
        fps = FPS.search(lines[0][1]) if lines else None
        if not fps:
            return None
        # Of two rounded figures, the one that has more digits.
        return 1000 / int(fps[1]) if int(fps[1]) > 1000 else glmark2.frame_time_ms(lines[0][1])

    def in_turn(self, measure, command, **options):
        """{side: what each run gave}; who comes first alternates."""
        sides = list(self.starts)
        found = {side: [] for side in sides}
        for i in range(self.arguments.runs):
            for side in sides if i % 2 == 0 else sides[::-1]:
                found[side].append(measure(side, command, **options))
        return found


def median(values):
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def quartiles(values):
    """The first and the third; of few values, the least and the greatest."""
    if len(values) < 4:
        return min(values), max(values)
    first, _, third = statistics.quantiles(values, n=4, method="inclusive")
    return first, third


def pair_ratios(cell, other="native"):
    """other / xenglass of each pair of neighbouring runs."""
    return [a / b for a, b in zip(cell[other], cell["xenglass"]) if a and b]


def show_ratios(cells, scale, unit):
    """A table of {name: in_turn's answer}, in which less is better; answers its last line."""
    medians, by_run = [], collections.defaultdict(list)
    print(f"{'scene':44}{'native':>12}{'xenglass':>12}  ratio  quartiles")
    for name, cell in cells.items():
        native, ours = (median(cell[side]) for side in SIDES)
        if not native or not ours:
            print(f"{glmark2.short(name):44}  did not run")
            continue
        medians.append(native / ours)
        for i, ratio in enumerate(pair_ratios(cell)):
            by_run[i].append(ratio)
        shown = "".join(f"{scale(value):8.1f} {unit}" for value in (native, ours))
        low, high = quartiles(pair_ratios(cell))
        print(f"{glmark2.short(name):44}{shown}  {native / ours:5.2f}  {low:.2f}–{high:.2f}")
    if not medians:
        return None
    mean = glmark2.geometric_mean(medians)
    low, high = quartiles([glmark2.geometric_mean(ratios) for ratios in by_run.values()])
    print(f"{'geometric mean':68}  {mean:5.2f}  {low:.2f}–{high:.2f}, of whole runs")
    print(f"{'least':68}  {min(medians):5.2f}")
    return {"mean": mean, "mean_quartiles": (low, high), "least": min(medians)}


def run_scenes(bench, scenes, *options, suffix="", **others):
    cells = {}
    for scene in scenes:
        if bench.arguments.scene and bench.arguments.scene not in scene:
            continue
        command = [glmark2.PROGRAM, *options]
        command += ["-b", f"{scene}:duration={bench.arguments.seconds}{suffix}"]
        cells[glmark2.label(scene)] = bench.in_turn(bench.frame_ms, command, **others)
        print(f"  {len(cells):2}  {glmark2.label(scene)}", flush=True)
    return cells


def bench_glmark2(bench):
    """Each scene in a process of its own."""
    cells = run_scenes(bench, glmark2.DEFAULT_RUN)
    runs, seconds = bench.arguments.runs, bench.arguments.seconds
    print(f"\nglmark2, window 800x600, median of {runs} runs of {seconds:g} s")
    found = show_ratios(cells, lambda ms: 1000 / ms, "fps")
    bench.results["glmark2"] = {"ms_a_frame": cells, "ratios": found}


def show_peers(cells, sides):
    """A table of frames a second, and how much faster xenglass is than each other side."""
    others = [side for side in sides if side != "xenglass"]
    heads = "".join(f"{side:>10}" for side in sides) + "".join(f"{side:>9}" for side in others)
    print(f"{'scene':44}{heads}   (xenglass to each)")
    found = {side: [] for side in others}
    for name, cell in cells.items():
        fps = "".join(f"{1000 / median(cell[s]):10.0f}" if median(cell[s]) else f"{'–':>10}"
                      for s in sides)  # fmt: skip
        shown = ""
        for side in others:
            ratios = pair_ratios(cell, side)
            shown += f"{statistics.median(ratios):9.2f}" if ratios else f"{'–':>9}"
            found[side] += [statistics.median(ratios)] if ratios else []
        print(f"{glmark2.short(name):44}{fps}{shown}")
    means = {side: glmark2.geometric_mean(ratios) for side, ratios in found.items() if ratios}
    for word, of in (("geometric mean", means), ("least", {s: min(r) for s, r in found.items() if r})):
        print(f"{word:{44 + 10 * len(sides)}}" + "".join(f"{of[s]:9.2f}" for s in of))
    return {"mean": means, "least": {s: min(r) for s, r in found.items() if r}}


def bench_peers(bench):
    """All that can stand in the stack's place, with the same precision in the shaders."""
    if missing := [name for name in peers.PROGRAMS if not shutil.which(name)]:
        print(f"\nno {' and no '.join(missing)} here: nobody to compare with")
        return
    with contextlib.ExitStack() as ends:
        before = dict(bench.starts)
        for name, peer in peers.PEERS.items():
            bench.starts[name] = ends.enter_context(peer(bench.run, bench.compositor))
        cells = run_scenes(bench, glmark2.DEFAULT_RUN, suffix=peers.PRECISION)
        print("\nglmark2, window 800x600, highp, frames a second")
        found = show_peers(cells, list(bench.starts))
        bench.starts = before
    bench.results["peers"] = {"ms_a_frame": cells, "ratios": found}


def bench_api(bench):
    """glmark2 with a driver that draws nothing: in the program, or in xenglass-host."""
    cells = run_scenes(
        bench, API_SCENES, "--off-screen", "--frame-end", "none", environment=instructions.NO_DRIVER
    )
    print("\nglmark2, off-screen, with a driver that draws nothing")
    found = show_ratios(cells, lambda ms: 1000 * ms, "us ")
    bench.results["api"] = {"ms_a_frame": cells, "ratios": found}


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
    """{program: (CPU milliseconds, sleeps) a frame} while a scene runs."""
    command = [glmark2.PROGRAM, "-b", f"{scene}:duration={WARM_S + bench.arguments.seconds}"]
    process = bench.start(side, command)
    time.sleep(WARM_S)
    before, start = thread_times(bench.run), time.monotonic()
    time.sleep(bench.arguments.seconds - 0.2)
    after, spent_s = thread_times(bench.run), time.monotonic() - start
    lines = list(glmark2.read_lines(process.communicate()[0].splitlines()))
    frames = spent_s * 1000 / glmark2.frame_time_ms(lines[0][1])
    found = collections.defaultdict(lambda: (0, 0))
    for thread in before.keys() & after.keys():
        program, cpu, slept = after[thread]
        more = (cpu - before[thread][1]) / frames, (slept - before[thread][2]) / frames
        found[program] = tuple(a + b for a, b in zip(found[program], more))
    return dict(found)


def bench_frame(bench):
    """Which program takes how much of a frame: load elsewhere lengthens a frame, and not this."""
    for scene in LIGHT_SCENES:
        print(f"\n{glmark2.label(scene):44}{'CPU ms':>12}{'sleeps':>12}  a frame")
        for side in SIDES:
            runs = [measure_frames(bench, side, scene) for _ in range(bench.arguments.runs)]
            totals = [sum(cpu for cpu, _ in run.values()) for run in runs]
            low, high = quartiles(totals)
            for program in runs[0]:
                cell = [run.get(program, (0, 0)) for run in runs]
                cpu, slept = (median(values) for values in zip(*cell))
                if cpu >= 0.001:
                    print(f"  {side:10}{program:32}{cpu:12.3f}{slept:12.2f}")
            print(f"  {side:42}{median(totals):12.3f}{'':12}  {low:.3f}–{high:.3f}", flush=True)
            bench.results.setdefault("frame", {}).setdefault(scene, {})[side] = runs


def bench_split(bench):
    """Where the time of a frame goes, process by process, by the timelines that they write."""
    for scene in LIGHT_SCENES:
        with stack.Run() as run:
            run.environment["XENGLASS_TIMELINE"] = str(run.folder)
            compositor = stack.Compositor(run, *SCREEN)
            command = [glmark2.PROGRAM, "-b", f"{scene}:duration={bench.arguments.seconds}"]
            compositor.guest("guest1", command, stdout=subprocess.DEVNULL).wait()
            stack.end(compositor.process)
            events = timeline.read(run.folder)
        print(f"\n{glmark2.label(scene)}: ", end="")
        timeline.show(events)
        bench.results.setdefault("split", {})[scene] = [
            [*part, ms] for part, ms in timeline.split(events)[1].items()
        ]


def latencies_ms(bench, side, frames):
    out = bench.start(side, [LATENCY, str(frames)]).communicate()[0]
    return [float(line) / 1000 for line in out.splitlines()]


def bench_latency(bench):
    """From eglSwapBuffers to the screen, with the frames spread over the screen's period."""
    frames = int(60 * bench.arguments.seconds)
    cell = bench.in_turn(lambda side, count: latencies_ms(bench, side, count), frames)
    print(f"\n{'eglSwapBuffers to the screen, ms':44}{'median':>12}{'99 %':>12}")
    for side, runs in cell.items():
        found = sorted(itertools.chain(*runs))
        if found:
            p99 = found[min(len(found) - 1, len(found) * 99 // 100)]
            print(f"  {side:42}{median(found):12.2f}{p99:12.2f}")
    bench.results["latency_ms"] = cell


def frames_of_all(bench, side, count):
    """Frames a second of each of so many guests, or programs, that draw at the same time."""
    names = [f"guest{i}" for i in range(count)]
    # All windows find room on the screen: one that is hidden draws no more. They start at the same
    # time, which takes them the longer the more they are.
    command = [glmark2.PROGRAM, "--size", "200x150"]
    command += ["-b", f"{LIGHT_SCENES[0]}:duration={bench.arguments.seconds + count}"]
    with stack.Run() as run:
        compositor = stack.Compositor(run, *SCREEN, guests=names)
        start = compositor.native if side == "native" else compositor.guest
        out = [start(name, command, stdout=subprocess.PIPE, text=True) for name in names]
        said = [list(glmark2.read_lines(p.communicate()[0].splitlines())) for p in out]
    return [float(FPS.search(lines[0][1])[1]) for lines in said if lines]


def fairness(rates):
    """Jain's index: 1 if all have the same, 1 / n if one has all."""
    return sum(rates) ** 2 / (len(rates) * sum(rate**2 for rate in rates))


def bench_guests(bench):
    """Many guests at once: what they have together, and whether each has as much as the next."""
    print(f"\n{'guests at once, small windows':34}{'frames/s':>10}{'to one':>10}{'Jain':>10}")
    for side in SIDES:
        found = {n: frames_of_all(bench, side, n) for n in GUESTS}
        for n, rates in found.items():
            if len(rates) < n:
                print(f"  {side:22}{n:10}  {n - len(rates)} did not draw")
                continue
            to_one = sum(rates) / sum(found[1]) if found[1] else 0
            print(f"  {side:22}{n:10}{sum(rates):10.0f}{to_one:10.2f}{fairness(rates):10.3f}")
        bench.results.setdefault("guests_fps", {})[side] = found


def private_bytes(pid):
    rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(kib) for kib in re.findall(r"^Private_\w+:\s+(\d+)", rollup, re.MULTILINE)) * 1024


def switches(run):
    """How often the threads of a run have given up a processor."""
    total = 0
    for pid, _ in run.alive():
        for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status"):
            with contextlib.suppress(OSError):
                total += sum(map(int, re.findall(r"ctxt_switches:\s+(\d+)", status.read_text())))
    return total


def is_running(run, program):
    return any(words.split()[0] == program for _, words in run.alive() if words)


def bench_idle(bench):
    """What a guest takes that does nothing, and one whose window stands still."""
    with stack.Run() as run:
        compositor = stack.Compositor(run, *SCREEN)
        compositor.guest("guest1", ["sleep", "1000000"])
        stack.wait_until(lambda: is_running(run, "sleep"), "the guest is there")
        time.sleep(WARM_S)
        idle = sum(private_bytes(pid) for pid, words in run.alive()
                   if words.split()[0].endswith(("xenglass-host", "xenglass-guestd")))  # fmt: skip
    with stack.Run() as run:
        compositor = stack.Compositor(run, *SCREEN)
        program = compositor.guest("guest1", [STILL, "3"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE)  # fmt: skip
        program.stdout.readline()
        time.sleep(WARM_S)
        before, start = switches(run), time.monotonic()
        time.sleep(bench.arguments.idle)
        spent_s = time.monotonic() - start
        slept = switches(run) - before
        program.stdin.close()
    print(f"\nan idle guest's own memory, host process and daemon: {idle / 2**20:.1f} MiB")
    print(f"a window that stands still: {slept} context switches in {spent_s:.0f} s")
    bench.results["idle"] = {"bytes": idle, "switches": slept, "seconds": spent_s}


def show(name, values, divisor, unit):
    """A line of medians, native's and ours; quartiles of ours."""
    shown = [f"{median(cell) / divisor:12,.1f}" if median(cell) else f"{'–':>12}" for cell in values]
    known = [value / divisor for value in values[-1] if value is not None]
    low, high = quartiles(known) if known else (0, 0)
    print(f"{name:44}{''.join(shown):24}  {unit:14}{low:,.1f}–{high:,.1f}", flush=True)


def bench_calls(bench):
    """What a call costs the program that makes it, and what the whole way carries."""
    no_driver = {"environment": instructions.NO_DRIVER}
    print(f"\n{'calls, with a driver that does nothing':44}{'native':>12}{'xenglass':>12}")
    for name, call in instructions.NAMES.items():
        found = bench.in_turn(bench.number, [CALLS, name, str(BURST)], **no_driver)
        show(call, [found[side] for side in SIDES], 1, "ns")
        bench.results[f"{call}_ns"] = found
    counts = {
        side: instructions.count(functools.partial(bench.start, side), bench.run.folder)
        for side in SIDES
    }
    for call in instructions.NAMES.values():
        show(call, [[counts[side].get(call)] for side in SIDES], 1, "instructions")
    bench.results["instructions"] = counts
    for name, what, count, divisor, unit in (
        ("through", "glUniform4f, all the way", 2000000, 1e6, "million/s"),
        ("upload", "glTexSubImage2D of 1 MiB", 2000, 1e9, "GB/s"),
    ):
        found = bench.in_turn(bench.number, [CALLS, name, str(count)], **no_driver)
        show(what, [found[side] for side in SIDES], divisor, unit)
        bench.results[name] = found


@contextlib.contextmanager
def one_cpu():
    """What is started meanwhile has one CPU, all together."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    yield
    os.sched_setaffinity(0, before)


def bench_sync(bench):
    """A synchronous call beside the bare round trip; bench-ring says why on one CPU, too."""
    print(f"\n{'a call that waits for its answer':44}{'native':>12}{'xenglass':>12}")
    for where, cpus in (("one CPU", one_cpu()), ("all CPUs", contextlib.nullcontext())):
        with cpus:
            calls = bench.in_turn(
                bench.number, [CALLS, "sync", "3000"], environment=instructions.NO_DRIVER
            )
            pings = [
                bench.number("native", [FLOOR, "ping", "20000"])
                for _ in range(bench.arguments.runs)
            ]
        show(f"glReadPixels of 1 pixel, {where}", [calls[side] for side in SIDES], 1, "ns")
        show(f"round trip by two eventfds, {where}", [pings], 1, "ns")
        bench.results[f"sync, {where}"] = {"calls_ns": calls, "ping_ns": pings}
    copies = [
        bench.number("native", [FLOOR, "memcpy", "3000"]) for _ in range(bench.arguments.runs)
    ]
    show("memcpy of 1 MiB", [copies], 1e9, "GB/s")
    bench.results["memcpy_bytes_per_s"] = copies


def bench_programs(bench):
    """What the parts measure by themselves, without a stack around them."""
    for program in sorted((stack.BUILD / "bench").glob("bench-*")):
        if program in (CALLS, FLOOR, LATENCY) or not program.is_file():
            continue
        print(f"\n{program.name}", flush=True)
        out = subprocess.run([program], stdout=subprocess.PIPE, text=True).stdout
        print(out, end="")
        bench.results[program.name] = out


PARTS = {
    "glmark2": bench_glmark2,
    "peers": bench_peers,
    "api": bench_api,
    "frame": bench_frame,
    "split": bench_split,
    "latency": bench_latency,
    "guests": bench_guests,
    "idle": bench_idle,
    "calls": bench_calls,
    "sync": bench_sync,
    "programs": bench_programs,
}


def go_before_others():
    """All that is started from here on runs before what is not; on a busy machine, for some time
    nothing else does."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except PermissionError as error:
        raise stack.Failure("--realtime needs root, or CAP_SYS_NICE") from error


def bench(arguments):
    stack.build()
    stack.need(glmark2.PROGRAM, "valgrind")
    if arguments.realtime:
        go_before_others()
    with stack.Run() as run:
        measured = Bench(run, stack.Compositor(run, *SCREEN), arguments)
        for name, part in PARTS.items():
            if arguments.only in (None, name):
                part(measured)
    arguments.json.write_text(json.dumps(measured.results, indent=1))
    print(f"\nall figures: {arguments.json}")


def main():
    parser = argparse.ArgumentParser(prog="./xg bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="of each side (default 5)")
    parser.add_argument("--seconds", type=float, default=2, help="of each glmark2 scene")
    parser.add_argument("--idle", type=float, default=60, help="seconds of looking at what is idle")
    parser.add_argument("--scene", help="only the glmark2 scenes whose name holds this")
    parser.add_argument("--only", choices=PARTS, help="one part of it")
    parser.add_argument("--realtime", action="store_true", help="before all else on the machine")
    parser.add_argument("--json", type=pathlib.Path, default=stack.BUILD / "bench" / "results.json",
                        help="where each run's figures go (default build/bench/results.json)")  # fmt: skip
    stack.main(lambda: bench(parser.parse_args()))


if __name__ == "__main__":
    main()
