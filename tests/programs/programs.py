#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a program that nobody here wrote in a guest, and looks at what it shows.

usage: programs.py NAME [--native]

Each entry of PROGRAMS says what to run and what its window must hold. The picture is taken again
and again until it does, or the deadline is over; so no test depends on how fast a machine is. With
--native the program draws on the host's own driver: for making the entries, and for telling a
fault of the stack from one of the program.
"""
import argparse
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # noqa: E402

SCREEN = (800, 600)
GUEST_RGB = (0x34, 0x65, 0xA4)
# The frame that the compositor draws around a window, in pixels.
TITLE_HEIGHT = 26
BORDER = 3
# Shows blocks of known colours, text, and then waits.
TERMINAL_SCRIPT = """#!/bin/sh
printf '\\033[2J\\033[H'
for colour in 41 42 44; do
	for line in 1 2 3; do printf '\\033[%sm            \\033[0m\\n' "$colour"; done
done
for line in 1 2 3 4 5; do echo 'The quick brown fox jumps over the lazy dog'; done
exec sleep 1000
"""


def is_red(c):
    return c[0] > 150 and c[1] < 90 and c[2] < 90


def is_green(c):
    return c[1] > 150 and c[0] < 90 and c[2] < 90


def is_blue(c):
    return c[2] > 150 and c[0] < 90 and c[1] < 90


def at_least(content, **wanted):
    """None if the content has so many pixels of each colour, else what is missing."""
    tests = {"red": is_red, "green": is_green, "blue": is_blue}
    for name, pixels in wanted.items():
        found = content.count(tests[name])
        if found < pixels:
            return f"{found} {name} pixels, at least {pixels} are wanted"
    return None


def triangle(content):
    """weston-simple-egl: a triangle, its corners red, green and blue, on half-transparent black."""
    colours = content.colours()
    if len(colours) < 500:
        return f"{len(colours)} colours: no gradient"
    return at_least(content, red=50, green=50, blue=50)


def gears(content):
    """es2gears: a red, a green and a blue gear, shaded, on black."""
    if content.count(lambda c: max(c) < 8) < content.width * content.height // 5:
        return "no black background"
    return at_least(content, red=300, green=300) or (
        None
        if content.count(lambda c: c[2] > 100 and c[2] > c[0] + 40) > 300
        else "no blue gear"
    )


def shaded_model(content):
    """glmark2's shading scene: a turning model, lit, on a plain background."""
    colours = content.colours()
    if len(colours) < 100:
        return f"{len(colours)} colours: no shading"
    if max(colours.values()) > content.width * content.height * 95 // 100:
        return "next to nothing but background"
    return None


def cube(content):
    """testgles2: a turning cube, its corners of many colours."""
    colours = content.colours()
    if len(colours) < 300:
        return f"{len(colours)} colours: no gradient"
    if max(colours.values()) < content.width * content.height // 4:
        return "no background of one colour"
    return None


def shm_pattern(content):
    """weston-simple-shm: moving stripes and rings, in XRGB written by the processor."""
    colours = content.colours()
    return None if len(colours) > 100 else f"{len(colours)} colours: no pattern"


def plain_pad(content):
    """weston-simple-touch: a plain pad to paint on, half transparent."""
    colour, pixels = content.colours().most_common(1)[0]
    if pixels < content.width * content.height * 9 // 10:
        return f"no pad of one colour: {pixels} pixels of {colour}"
    return None


def terminal(content):
    """Blocks of three pure colours over lines of text."""
    problem = at_least(content, red=1000, green=1000, blue=1000)
    if problem:
        return problem
    blocks = content.box(is_blue)
    text = content.crop(0, blocks[3], content.width, content.height)
    background, _ = text.colours().most_common(1)[0]
    ink = text.count(lambda c: sum(abs(a - b) for a, b in zip(c, background)) > 200)
    return None if ink > 500 else f"{ink} pixels of text"


# What is run, with "SCRIPT" for the terminal's script; what its content must be; whether it moves.
PROGRAMS = {
    "weston-simple-egl": (["weston-simple-egl"], triangle, True),
    "weston-simple-shm": (["weston-simple-shm"], shm_pattern, True),
    "weston-simple-touch": (["weston-simple-touch"], plain_pad, False),
    "weston-terminal": (["weston-terminal", "--shell=SCRIPT"], terminal, False),
    "foot": (
        ["foot", "--config=/dev/null", "--override=colors.regular1=aa0000",
         "--override=colors.regular2=00aa00", "--override=colors.regular4=0000aa", "SCRIPT"],
        terminal,
        False,
    ),  # fmt: skip
    "es2gears_wayland": (["es2gears_wayland"], gears, True),
    "glmark2-es2-wayland": (
        ["glmark2-es2-wayland", "--size", "400x300", "-b", "shading:duration=1000"],
        shaded_model,
        True,
    ),
    "testgles2": (["/usr/libexec/installed-tests/SDL2/testgles2"], cube, True),
}


def find_content(image):
    """The content of the only window, which stands in a frame of the guest's colour; or None."""
    frame = image.box(lambda c: c == GUEST_RGB)
    if not frame:
        return None
    left, top, right, bottom = frame
    if right - left < 4 * BORDER or bottom - top < TITLE_HEIGHT + 4 * BORDER:
        return None
    title = image.crop(left, top, right, top + TITLE_HEIGHT)
    if title.count(lambda c: c == GUEST_RGB) < title.width * title.height // 2:
        return None
    if len(title.colours()) < 3:
        return None  # no name in it
    return image.crop(left + BORDER, top + TITLE_HEIGHT, right - BORDER, bottom - BORDER)


def watch(compositor, process, check, moves):
    """Looks at the screen until the window is as it must be."""
    state = {"problem": "no window", "first": None}

    def looks_right():
        if process.poll() is not None:
            raise stack.Failure(f"it ended with {process.returncode}; {state['problem']}")
        image = compositor.screenshot()
        content = find_content(image)
        if not content:
            return False
        state["problem"] = check(content)
        if state["problem"]:
            return False
        if not moves or (state["first"] and state["first"] != content.pixels):
            return True
        state["first"] = content.pixels
        state["problem"] = "it does not move"
        return False

    try:
        stack.wait_until(looks_right, "the window as it must be")
    except stack.Failure as failure:
        raise stack.Failure(f"{failure}: {state['problem']}") from None


def run_program(name, is_native):
    command, check, moves = PROGRAMS[name]
    stack.need(command[0], "grim")
    with stack.Run() as run:
        script = run.folder / "script"
        script.write_text(TERMINAL_SCRIPT)
        script.chmod(0o755)
        command = [word.replace("SCRIPT", str(script)) for word in command]
        run.environment["SDL_VIDEODRIVER"] = "wayland"
        run.environment["LC_ALL"] = "C.UTF-8"
        run.environment["HOME"] = str(run.folder)
        compositor = stack.Compositor(run, *SCREEN)
        start = compositor.native if is_native else compositor.guest
        process = start("guest1", command)
        try:
            watch(compositor, process, check, moves)
        finally:
            shot = run.folder / "screenshot.png"
            if shot.exists():
                kept = stack.BUILD / "tests" / "programs" / f"{name}.png"
                kept.parent.mkdir(parents=True, exist_ok=True)
                os.replace(shot, kept)
                print(f"picture: {kept}")
        stack.end(process)
        stack.end(compositor.process)
        run.check_nothing_left()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=PROGRAMS)
    parser.add_argument("--native", action="store_true")
    arguments = parser.parse_args()
    stack.main(lambda: run_program(arguments.name, arguments.native))


if __name__ == "__main__":
    main()
