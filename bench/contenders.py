# SPDX-License-Identifier: MIT
"""Starts programs natively, in a guest, or with a peer, in turn, and reads what they say.

All that the parts measure, they measure by this; so a test can put something in its place.
"""
import contextlib
import pathlib
import re
import subprocess
from typing import NamedTuple

import glmark2
import stack

SCREEN = (1024, 768)
FPS = re.compile(r"FPS:\s+(\d+)")
# A program goes on without its host process, and faster: what it then says is no figure.
FAULT = re.compile(r"xenglass-\w+\[\w+\] error: .*")
# What a quick run draws: few scenes, of each kind one.
QUICK_SCENES = (
    "build:use-vbo=false", "texture:texture-filter=linear", "shading:shading=phong",
    "bump:bump-render=high-poly", "effect2d:kernel=1,1,1", "pulsar", "desktop:effect=shadow",
    "buffer:columns=200:interleave=true", "ideas", "jellyfish", "shadow",
    "loop:fragment-steps=5:fragment-uniform=true",
)  # fmt: skip


class Plan(NamedTuple):
    """How much is measured."""

    runs: int = 5  # of each side
    seconds: float = 2  # of each glmark2 scene
    idle_s: float = 60  # of looking at what is idle
    is_quick: bool = False
    scene: str | None = None  # only scenes whose name holds this
    versus: str | None = None  # what xenglass is held against, if not native: see other_guest

    def scenes(self, among=glmark2.DEFAULT_RUN):
        """Those of some scenes that this plan has."""
        if self.scene:
            return [scene for scene in among if self.scene in scene]
        if self.is_quick:
            return [scene for scene in among if scene.startswith(QUICK_SCENES)]
        return list(among)

    def thinned(self, items, step):
        """Of what a quick run has no time for, each so many-th."""
        return list(items)[:: step if self.is_quick and not self.scene else 1]


QUICK = Plan(runs=3, seconds=0.8, idle_s=10, is_quick=True)


def last_number(text):
    try:
        return float(text.split("\n")[-2])
    except (ValueError, IndexError):
        return None


def other_guest(compositor, versus):
    """Starts programs in a guest of another build, whose folder versus is, or of this one, with a
    variable of the environment, NAME=VALUE."""

    def start(guest, command, local=(), **options):
        if "=" in versus:
            name, _, value = versus.partition("=")
            options["environment"] = {name: value} | options.get("environment", {})
            return compositor.guest(guest, command, local=local, **options)
        program = pathlib.Path(versus).resolve() / stack.LOCAL.relative_to(stack.BUILD)
        line = [program, "--wayland", compositor.sockets[guest], *local, "--", *command]
        return compositor.run.start(line, **options)

    return start


class Bench:
    """A compositor, and the ways to start a program under it."""

    def __init__(self, run, compositor, plan):
        self.run = run
        self.compositor = compositor
        self.plan = plan
        self.sides = {"native": compositor.native, "xenglass": compositor.guest}
        if plan.versus:
            other = other_guest(compositor, plan.versus)
            self.sides = {"other": other, "xenglass": compositor.guest}

    @contextlib.contextmanager
    def apart(self, guests=("guest1",), folder_as=()):
        """Another bench, with a compositor of its own, for what must not see the others. The
        environment names its run's folder under these names."""
        with stack.Run() as run:
            run.environment |= {name: str(run.folder) for name in folder_as}
            yield Bench(run, stack.Compositor(run, *SCREEN, guests=guests), self.plan)

    def start(self, side, command, guest="guest1", **options):
        """The process of a command, with what it says in a pipe."""
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, **options}
        return self.sides[side](guest, command, text=True, **options)

    def floor(self, command):
        """What a program says that needs no stack around it."""
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return self.compositor.native("guest1", command, **options).communicate()[0]

    def output(self, side, command, **options):
        """What the command says; nothing if the stack has failed around it."""
        said = self.start(side, command, **options).communicate()[0]
        if fault := FAULT.search(said):
            print(f"  {side}: {' '.join(str(word) for word in command)}: {fault[0]}")
            return ""
        return said

    def number(self, side, command, **options):
        """The last line of output, as a number; None if it is none."""
        found = last_number(self.output(side, command, **options))
        if found is None:
            print(f"  {side}: no figure from {' '.join(str(word) for word in command)}")
        return found

    def frame_ms(self, side, command, **options):
        """Milliseconds a frame of one glmark2 scene; None if it did not run."""
        lines = list(glmark2.read_lines(self.output(side, command, **options).splitlines()))
        fps = FPS.search(lines[0][1]) if lines else None
        if not fps:
            print(f"  {side}: no figure from {' '.join(command)}")
            return None
        # Of two rounded figures, the one that has more digits.
        return 1000 / int(fps[1]) if int(fps[1]) > 1000 else glmark2.frame_time_ms(lines[0][1])

    def in_turn(self, ways):
        """{name: what each run of ways[name] answered}; whose turn comes first alternates, so that
        a machine's drift falls on all."""
        found = {name: [] for name in ways}
        for i in range(self.plan.runs):
            for name in list(ways)[:: 1 if i % 2 == 0 else -1]:
                found[name].append(ways[name]())
        return found

    def each_side(self, measure, *arguments, **options):
        """in_turn of measure(side, …), which may be one of the methods above."""
        return self.in_turn(
            {side: lambda side=side: measure(side, *arguments, **options) for side in self.sides}
        )
