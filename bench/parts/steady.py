# SPDX-License-Identifier: MIT
"""what a steady frame of each scene sends, and how often it waits for the host: counts, no times"""
import figures as numbers
import glmark2
import stack

GIVES = ("waits",)
IS_TIMED = False
FRAMES = 48
# In the first frames a program may still learn what it needs.
WARM_UP = 4
COUNTERS = ("sync_at_swap", "bytes_at_swap", "notifications_at_swap")


def seconds(plan):
    return sum(5 if scene == "terrain" else 0.5 for scene in plan.scenes())


def count(bench, scene):
    """{counter: its value at each swap} of the program; None if it did not draw."""
    report = bench.run.folder / "steady.json"
    # Frames end the scene, not its duration.
    command = [glmark2.PROGRAM, "--size", "200x150", "-b", f"{scene}:nframes={FRAMES}:duration=3600"]
    bench.output("xenglass", command, local=["--report", report])
    processes = stack.read_report(report)["guests"][0]["processes"]
    return {name: processes[0][name] for name in COUNTERS} if processes else None


def measure(bench):
    return {glmark2.label(scene): count(bench, scene) for scene in bench.plan.scenes()}


def a_frame(counts):
    """From one frame to the next, once it is steady."""
    return (counts[-1] - counts[WARM_UP]) / (len(counts) - 1 - WARM_UP)


def show(raw):
    print(f"{'a frame in a guest':44}{'waits':>10}{'octets':>12}{'notifications':>16}")
    for name, counters in raw.items():
        if not counters:
            print(f"{glmark2.short(name):44}  did not run")
            continue
        waits, octets, notifications = (a_frame(counters[counter]) for counter in COUNTERS)
        print(f"{glmark2.short(name):44}{waits:10.2f}{octets:12,.0f}{notifications:16.2f}")


def figures(raw):
    waits = {name: [a_frame(c["sync_at_swap"])] for name, c in raw.items() if c}
    return {"waits": numbers.greatest(waits, 2)}
