# SPDX-License-Identifier: MIT
"""Runs glmark2-es2-wayland and reads what it says, line by line."""
import math
import re
import statistics

PROGRAM = "glmark2-es2-wayland"
WINDOW = (800, 600)
# "[build] use-vbo=false: FPS: 580 FrameTime: 1.724 ms", "[build] use-vbo=false: Validation: Success"
SCENE = re.compile(r"\[(\w+)\] (\S+):\s+(.*)")
FRAME_TIME = re.compile(r"FrameTime:\s+([0-9.]+) ms")
VALIDATION = re.compile(r"Validation:\s+(.+)")

# glmark2's own default run, with those options of each that it prints.
DEFAULT_RUN = (
    "build:use-vbo=false",
    "build:use-vbo=true",
    "texture:texture-filter=nearest",
    "texture:texture-filter=linear",
    "texture:texture-filter=mipmap",
    "shading:shading=gouraud",
    "shading:shading=blinn-phong-inf",
    "shading:shading=phong",
    "shading:shading=cel",
    "bump:bump-render=high-poly",
    "bump:bump-render=normals",
    "bump:bump-render=height",
    "effect2d:kernel=0,1,0;1,-4,1;0,1,0;",
    "effect2d:kernel=1,1,1,1,1;1,1,1,1,1;1,1,1,1,1;",
    "pulsar:light=false:quads=5:texture=false",
    "desktop:blur-radius=5:effect=blur:passes=1:separable=true:windows=4",
    "desktop:effect=shadow:windows=4",
    "buffer:columns=200:interleave=false:update-dispersion=0.9:update-fraction=0.5"
    ":update-method=map",
    "buffer:columns=200:interleave=false:update-dispersion=0.9:update-fraction=0.5"
    ":update-method=subdata",
    "buffer:columns=200:interleave=true:update-dispersion=0.9:update-fraction=0.5"
    ":update-method=map",
    "ideas:speed=duration",
    "jellyfish",
    "terrain",
    "shadow",
    "refract",
    "conditionals:fragment-steps=0:vertex-steps=0",
    "conditionals:fragment-steps=5:vertex-steps=0",
    "conditionals:fragment-steps=0:vertex-steps=5",
    "function:fragment-complexity=low:fragment-steps=5",
    "function:fragment-complexity=medium:fragment-steps=5",
    "loop:fragment-loop=false:fragment-steps=5:vertex-steps=5",
    "loop:fragment-steps=5:fragment-uniform=false:vertex-steps=5",
    "loop:fragment-steps=5:fragment-uniform=true:vertex-steps=5",
)


def label(scene):
    """A benchmark's name as glmark2 prints it, from how its -b takes it."""
    name, _, options = scene.partition(":")
    return f"[{name}] {options or '<default>'}"


def short(name, width=44):
    """A printed name that fits a table."""
    return name if len(name) <= width else name[: width - 1] + "…"


def read_lines(stream):
    """Yields (name, what it says of it) for each scene, as soon as its line is there."""
    for line in stream:
        match = SCENE.search(line)
        if match:
            yield f"[{match.group(1)}] {match.group(2)}", match.group(3)


def frame_time_ms(text):
    """Milliseconds a frame, or None if the scene did not run."""
    match = FRAME_TIME.search(text)
    return float(match.group(1)) if match and float(match.group(1)) > 0 else None


def validation(text):
    """glmark2's own word: Success, Failure, Unknown or Not Supported."""
    match = VALIDATION.search(text)
    return match.group(1).strip() if match else None


def geometric_mean(ratios):
    return math.exp(statistics.fmean(math.log(ratio) for ratio in ratios))


def table(rows):
    """Prints rows of (name, native ms, xenglass ms), with the ratio, and the mean of those.

    A time may be None: that scene did not run. Answers (mean, least) of the ratios, or None.
    """
    ratios = []
    print(f"{'scene':44}  {'native':>9}  {'xenglass':>9}  ratio")
    for name, native, ours in rows:
        shown = [f"{1000 / ms:.1f} fps" if ms else "–" for ms in (native, ours)]
        ratio = native / ours if native and ours else None
        if ratio:
            ratios.append(ratio)
        text = f"{ratio:5.2f}" if ratio else "    –"
        print(f"{short(name):44}  {shown[0]:>9}  {shown[1]:>9}  {text}")
    if not ratios:
        return None
    mean = geometric_mean(ratios)
    print(f"{'geometric mean; least':44}  {'':9}  {'':9}  {mean:5.2f}; {min(ratios):.2f}")
    return mean, min(ratios)
