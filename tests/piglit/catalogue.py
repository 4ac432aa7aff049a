# SPDX-License-Identifier: MIT
"""Finds piglit's tests that run on EGL with an ES context, as its own profiles describe them.

What links piglit's helper for ES 2 or 3, or is one of its tests of EGL, is taken: with each of the
sets of arguments that the profiles have for it.
"""
import ast
import gzip
import pathlib
import subprocess
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

HOME = next(pathlib.Path("/usr/lib").glob("*/piglit"), pathlib.Path("/usr/lib/piglit"))
PROFILES = ("opengl", "shader", "glslparser")
HELPERS = (b"libpiglitutil_gles2.so", b"libpiglitutil_gles3.so")
# What an egl program has that wants X11, desktop GL, or configs for pixmaps.
X11_SIGNS = (b"XOpenDisplay", b"libpiglitutil_gl.so", b"eglChooseConfig")
# From one part to the next it reads strings of a context that it destroyed, so that natively, too,
# two runs of twenty crash and most parts are skipped: each has a process of its own.
APART = "egl_khr_fence_sync"
# Only the tests of EGL open a display of their own choice; the others ask waffle for it.
PLATFORMS = {
    "surfaceless": {"PIGLIT_PLATFORM": "surfaceless_egl", "EGL_PLATFORM": "surfaceless"},
    "wayland": {"PIGLIT_PLATFORM": "wayland", "EGL_PLATFORM": "wayland"},
    # What wants X11 or desktop GL is given Wayland and ES (on_es.c).
    "x11": {},
}


@dataclass(frozen=True)
class Test:
    name: str
    group: str  # for the report
    command: tuple  # relative to HOME
    platform: str  # one of PLATFORMS

    @property
    def environment(self):
        return PLATFORMS[self.platform]


def _platforms(program):
    """What a program of piglit's runs on for which no window need be; () if it needs no ES."""
    path = HOME / "bin" / program
    if not path.is_file():
        return ()
    code = path.read_bytes()
    if program.startswith("egl"):
        return ("x11",) if any(sign in code for sign in X11_SIGNS) else ("surfaceless", "wayland")
    return ("surfaceless",) if any(helper in code for helper in HELPERS) else ()


def _arguments(kind, words, has_no_window):
    """The arguments of a test, as piglit's own runner completes them."""
    if kind == "glsl_parser":
        return words
    if kind == "gl_builtin":
        words = ["tests/" + words[0], *words[1:]]
    words = [word for word in words if word not in ("-auto", "-fbo")]
    return words + (["-auto", "-fbo"] if has_no_window else ["-auto"])


def _group(kind, program):
    if kind in ("glsl_parser", "shader"):
        return {"glsl_parser": "glslparser", "shader": "shader_runner"}[kind]
    return "egl" if program.startswith("egl") else "gles"


def _parts(name, command):
    """(name, command) of each test that a program has in itself."""
    if not command[0].endswith(APART):
        return [(name, command)]
    listing = subprocess.run(
        [*command, "-list-subtests"], cwd=HOME, capture_output=True, text=True, check=True)
    parts = [line.split(":")[0] for line in listing.stdout.splitlines()]
    return [(f"{name} {part}", (*command, "-subtest", part)) for part in parts]


def tests():
    """All of them, sorted, the many short ones last. What has windows runs on Wayland."""
    found, known = [], {}
    for profile in PROFILES:
        root = ElementTree.fromstring(gzip.open(HOME / f"tests/{profile}.xml.gz").read())
        for element in root:
            options = {option.get("name"): option.get("value") for option in element}
            text = options.get("command", "['']")
            program = text.split("'", 2)[1]
            if program not in known:
                known[program] = _platforms(program)
            if not known[program]:
                continue
            words = ast.literal_eval(text)[1:]
            name, kind = element.get("name"), element.get("type")
            has_no_window = options["run_concurrent"] == "True"
            command = (f"bin/{program}", *_arguments(kind, words, has_no_window))
            group = _group(kind, program)
            platforms = known[program] if has_no_window or group == "egl" else ("wayland",)
            for platform in platforms:
                suffix = "" if platform == platforms[0] else f" ({platform})"
                for part, words in _parts(name, command):
                    found.append(Test(part + suffix, group, words, platform))
    return sorted(found, key=lambda test: (test.group, test.name))
