#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a person does to the windows of programs in guests, with the pointer.

usage: windows_test.py resize | close | two

resize: a window of GTK's is drawn larger by its border, and its area of GL follows. close: the
button of the compositor's frame ends the program as its own would. two: two programs in two guests
draw beside each other, each in its guest's colour, and the end of one is nothing to the other.
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import pictures  # noqa: E402
import programs  # noqa: E402
import stack  # noqa: E402

CARD = (320, 240)
LARGER = 160
# Of the button in the frame's title, from its right and upper edge.
BUTTON = 16
COLOURS = ("3465a4", "cc0000")
POINTER = stack.BUILD / "tests/programs/pointer"


class Screen:
    """A compositor whose pointer can be played, with two guests."""

    def __init__(self, run):
        self.run = run
        self.compositor = stack.Compositor(
            run, guests=("guest1", "guest2"), colours=COLOURS, options=("--test-input",)
        )

    def start(self, guest, name):
        """Starts one of PROGRAMS in a guest."""
        command = programs.prepare(self.run, programs.PROGRAMS[name])
        return self.compositor.guest(guest, command)

    def play(self, *words):
        environment = {**self.run.environment, "WAYLAND_DISPLAY": str(self.compositor.socket)}
        subprocess.run([POINTER, *map(str, words)], env=environment, check=True)

    def frame(self, image, colour=COLOURS[0]):
        """The box of the frame of that colour, or None."""
        return image.box(lambda c: c == tuple(bytes.fromhex(colour)))

    def wait_for_card(self, width, height, colour=COLOURS[0]):
        """Waits until that guest's window shows a test card of that size; answers its frame."""
        check = pictures.card_of(width, height)
        problem = "no window"

        def shows():
            nonlocal problem
            image = self.compositor.screenshot()
            frame = self.frame(image, colour)
            problem = check(image.crop(*frame)) if frame else "no window"
            return None if problem else frame

        try:
            return stack.wait_until(shows, "a test card")
        except stack.Failure as failure:
            raise stack.Failure(f"{failure}: {problem}") from None


def resize(screen):
    process = screen.start("guest1", "gtk4-glarea")
    frame = screen.wait_for_card(*CARD)
    right, bottom = frame[2] - 1, frame[3] - 1
    screen.play("move", right, bottom, "press", "move", right + LARGER, bottom + LARGER, "release")
    after = screen.wait_for_card(CARD[0] + LARGER, CARD[1] + LARGER)
    if (after[2] - frame[2], after[3] - frame[3]) != (LARGER, LARGER):
        raise stack.Failure(f"the frame was {frame}, and is {after}")
    stack.end(process)


def close(screen):
    for name in ("gtk4-glarea", "sdl-es3"):
        process = screen.start("guest1", name)
        frame = screen.wait_for_card(*CARD)
        screen.play("move", frame[2] - BUTTON, frame[1] + BUTTON, "press", "release")
        try:
            status = process.wait(stack.DEADLINE_S)
        except subprocess.TimeoutExpired:
            raise stack.Failure(f"{name} does not end") from None
        if status != 0:
            raise stack.Failure(f"{name} ended with {status}")


def two(screen):
    first = screen.start("guest1", "gtk4-glarea")
    screen.wait_for_card(*CARD)
    second = screen.start("guest2", "mpv")
    screen.wait_for_card(*CARD, COLOURS[1])
    screen.wait_for_card(*CARD)
    stack.end(first)
    stack.wait_until(
        lambda: not screen.frame(screen.compositor.screenshot()), "the first one's window is gone"
    )
    before = screen.compositor.screenshot().pixels
    stack.wait_until(
        lambda: screen.compositor.screenshot().pixels != before, "the other one still draws"
    )
    screen.wait_for_card(*CARD, COLOURS[1])
    stack.end(second)


TESTS = {"resize": resize, "close": close, "two": two}


def main():
    name = sys.argv[1]
    with stack.Run() as run:
        screen = Screen(run)
        try:
            TESTS[name](screen)
        finally:
            programs.keep_picture(run, f"windows-{name}")
        stack.end(screen.compositor.process)
        run.check_nothing_left()


if __name__ == "__main__":
    stack.main(main)
