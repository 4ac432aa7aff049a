#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a program in a guest, looks at what it shows, and holds it to having drawn through xenglass.

usage: programs.py NAME [--native]

Each entry of PROGRAMS says what to run and what its window must hold. The picture is taken again
and again until it does, or the deadline is over; so no test depends on how fast a machine is. With
--native the program draws on the host's own driver: for making the entries, and for telling a
fault of the stack from one of the program.
"""
import argparse
import dataclasses
import pathlib
import shutil
import subprocess
import sys
import typing

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "harness"))
import clip  # noqa: E402
import pictures  # noqa: E402
import stack  # noqa: E402

SCREEN = (800, 600)
GUEST_RGB = (0x34, 0x65, 0xA4)
# The frame that the compositor draws around a window, in pixels.
TITLE_HEIGHT = 26
BORDER = 3
# Not the first python3 of PATH: its modules are Debian's packages.
PYTHON = "/usr/bin/python3"
# Shows blocks of known colours, text, and then waits.
TERMINAL_SCRIPT = """#!/bin/sh
printf '\\033[2J\\033[H'
for colour in 41 42 44; do
	for line in 1 2 3; do printf '\\033[%sm            \\033[0m\\n' "$colour"; done
done
for line in 1 2 3 4 5; do echo 'The quick brown fox jumps over the lazy dog'; done
exec sleep 1000
"""
# A compositor in the guest, drawing with GL, and a client in it. That is one of wl_shm, or of GL
# by another vendor: ours declines there, since what presents is the host's compositor, to which the
# client of another does not talk.
NESTED_SCRIPT = """#!/bin/sh
weston --no-config --backend=wayland-backend.so --shell=kiosk-shell.so --socket=inner \\
	--width=400 --height=300 --idle-time=0 &
while ! test -S "$XDG_RUNTIME_DIR/inner"; do sleep 0.1; done
WAYLAND_DISPLAY=inner __EGL_VENDOR_LIBRARY_FILENAMES=$__EGL_VENDOR_LIBRARY_FILENAMES:{vendor} {client} &
wait
"""
MESA = "/usr/share/glvnd/egl_vendor.d/50_mesa.json"


def write_script(text):
    def write(folder):
        path = folder / "script"
        path.write_text(text)
        path.chmod(0o755)

    return write


def write_clip(folder):
    clip.write(folder / "clip.y4m")


@dataclasses.dataclass(frozen=True)
class Program:
    """What is run, in whose words {folder}, {here} and {build} are replaced, and what is to be seen."""

    command: list
    check: typing.Callable
    moves: bool = True
    # Whether its window is drawn by GL: then its swaps must have gone through xenglass, and none
    # may have if it is not.
    is_gl: bool = True
    # Whether it must look the same, to the pixel, as when it draws on the host's own driver.
    is_like_native: bool = False
    prepare: typing.Callable = lambda folder: None
    # What of Python's it needs, as statements.
    imports: str = ""
    environment: dict = dataclasses.field(default_factory=dict)
    screen: tuple = SCREEN


def nested(client, check):
    """weston in the guest, with that client."""
    script = NESTED_SCRIPT.format(vendor=MESA, client=client)
    return Program(["{folder}/script"], check, prepare=write_script(script))


CARD = pictures.card_of(320, 240)
GTK = "import gi; gi.require_version('Gtk', '4.0'); from gi.repository import Gtk"
PROGRAMS = {
    "weston-simple-egl": Program(["weston-simple-egl"], pictures.triangle),
    "weston-subsurfaces": Program(["weston-subsurfaces"], pictures.subsurfaces),
    "weston-nested": nested("weston-simple-shm", pictures.shm_pattern),
    "weston-nested-egl": nested("weston-simple-egl", pictures.triangle),
    "weston-simple-shm": Program(["weston-simple-shm"], pictures.shm_pattern, is_gl=False),
    "weston-simple-touch": Program(
        ["weston-simple-touch"], pictures.plain_pad, moves=False, is_gl=False
    ),
    "weston-terminal": Program(
        ["weston-terminal", "--shell={folder}/script"],
        pictures.terminal,
        moves=False,
        is_gl=False,
        prepare=write_script(TERMINAL_SCRIPT),
    ),
    "foot": Program(
        ["foot", "--config=/dev/null", "--override=colors.regular1=aa0000",
         "--override=colors.regular2=00aa00", "--override=colors.regular4=0000aa",
         "{folder}/script"],
        pictures.terminal,
        moves=False,
        is_gl=False,
        prepare=write_script(TERMINAL_SCRIPT),
    ),
    "es2gears_wayland": Program(["es2gears_wayland"], pictures.gears),
    "glmark2-es2-wayland": Program(
        ["glmark2-es2-wayland", "--size", "400x300", "-b", "shading:duration=1000"],
        pictures.shaded_model,
    ),
    "testgles2": Program(["/usr/libexec/installed-tests/SDL2/testgles2"], pictures.cube),
    "sdl-es3": Program(["{build}/tests/programs/sdl-es3"], CARD),
    "gtk4-glarea": Program([PYTHON, "{here}/guests/gtk_glarea.py"], CARD, imports=GTK),
    "gtk4-demo-gltransition": Program(["gtk4-demo", "--run=gltransition"], pictures.photograph),
    # Its area asks for desktop GL, and says so where there is none; as it does natively where GTK
    # may use nothing but ES. The window around it is GTK's GL renderer's in both.
    "gtk4-demo-glarea": Program(
        ["gtk4-demo", "--run=glarea"],
        pictures.message,
        moves=False,
        is_like_native=True,
        environment={"GDK_DEBUG": "gl-gles"},
    ),
    "gtk4-widget-factory": Program(
        ["gtk4-widget-factory"], pictures.widgets, moves=False, screen=(1000, 800)
    ),
    "qt6-quick": Program(
        [PYTHON, "{here}/guests/qtquick.py"], CARD, imports="from PyQt6 import QtQuick, QtQml"
    ),
    "mpv": Program(
        ["mpv", "--no-config", "--vo=gpu", "--gpu-context=wayland", "--opengl-es=yes",
         "--no-audio", "--no-osc", "--no-border", "--osd-level=0", "--no-terminal",
         "--loop-file=inf", "{folder}/clip.y4m"],
        CARD,
        prepare=write_clip,
    ),
}  # fmt: skip


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
    """Looks at the screen until the window is as it must be, and answers its content."""
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
            return content
        state["first"] = content.pixels
        state["problem"] = "it does not move"
        return False

    try:
        return stack.wait_until(looks_right, "the window as it must be")
    except stack.Failure as failure:
        raise stack.Failure(f"{failure}: {state['problem']}") from None


def keep_picture(run, name):
    """Puts the last picture of the screen where a person may look at it."""
    shot = run.folder / "screenshot.png"
    if shot.exists():
        kept = stack.BUILD / "tests" / "programs" / f"{name}.png"
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(shot, kept)
        print(f"picture: {kept}")


def check_report(path, is_gl):
    """What draws by GL must have swapped through xenglass: it may have drawn without."""
    (guest,) = stack.read_report(path)["guests"]
    swaps = {process["process"]: process["swaps"] for process in guest["processes"]}
    if any(swaps.values()) != is_gl:
        raise stack.Failure(f"swaps through xenglass: {swaps}")


def prepare(run, program):
    """Makes what the program needs, and answers its command."""
    places = {"folder": run.folder, "here": HERE, "build": stack.BUILD}
    command = [word.format(**places) for word in program.command]
    stack.need(command[0] if "{folder}" not in program.command[0] else "weston", "grim")
    if program.imports:
        test = subprocess.run([PYTHON, "-c", program.imports], stderr=subprocess.DEVNULL)
        if test.returncode:
            stack.skip(f"no such modules of Python's here: {program.imports}")
    program.prepare(run.folder)
    run.environment |= {
        "GDK_BACKEND": "wayland",
        "QT_QPA_PLATFORM": "wayland",
        "SDL_VIDEODRIVER": "wayland",
        "LC_ALL": "C.UTF-8",
        "HOME": str(run.folder),
        **program.environment,
    }
    return command


def run_program(name, is_native):
    program = PROGRAMS[name]
    with stack.Run() as run:
        command = prepare(run, program)
        compositor = stack.Compositor(run, *program.screen)
        report = run.folder / "report.json"
        check = program.check
        try:
            if is_native or program.is_like_native:
                process = compositor.native("guest1", command)
                native = watch(compositor, process, check, program.moves)
                stack.end(process)
            if program.is_like_native:
                check = pictures.same_as(native)
            if not is_native:
                process = compositor.guest("guest1", command, local=["--report", report])
                watch(compositor, process, check, program.moves)
                stack.end(process)
        finally:
            keep_picture(run, name)
        stack.end(compositor.process)
        run.check_nothing_left()
        if not is_native:
            check_report(report, program.is_gl)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=PROGRAMS)
    parser.add_argument("--native", action="store_true")
    arguments = parser.parse_args()
    stack.main(lambda: run_program(arguments.name, arguments.native))


if __name__ == "__main__":
    main()
