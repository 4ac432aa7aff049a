#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the sources against what the project has agreed on.

layers     who may include whom: the table below, the only place where it is written down
headers    every header compiles alone
format     every C file is as clang-format leaves it
sizes      no file of ours is longer than LINES_MAX lines
leftovers  no notes to self; every file names its licence
manual     every program has a page, and page and --help name the same options
switches   every variable of ours that is read has its place in the manual, and every optimisation
           one in the list with which the tests turn them off
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import switches  # noqa: E402

LINES_MAX = 700
SKIP = 77

# A folder, the project's folders whose headers it may include, and the libraries' headers. The
# longest folder that a file lies in decides. libc is always allowed; so is the folder itself.
WAYLAND_SERVER = r"wayland-server.*"
WAYLAND_CLIENT = r"wayland-(client|egl|util).*"
GL_HEADERS = r"(EGL|GLES2|GLES3|KHR|GL)/.*"
GENERATED = r"xg_.*\.h"
PROTOCOLS = r"[a-z0-9-]+-(client|server)-protocol\.h|[a-z-]+-v[0-9]+-.*\.h"
LAYERS = {
    "include/xenglass": ([], []),
    "protocol/base": ([], []),
    # The GL headers are for the numbers in them: sizes follow from formats and types.
    "protocol": (["protocol/base", "protocol/link", "include/xenglass"], [GENERATED, GL_HEADERS]),
    "protocol/link": (["protocol/base", "include/xenglass"], []),
    "protocol/relay": (
        ["protocol/base", "protocol", "include/xenglass"],
        [GENERATED, r"wayland-util\.h"],
    ),
    "frontend-egl": (
        ["protocol/base", "protocol", "protocol/link", "include/xenglass"],
        [GENERATED, GL_HEADERS, WAYLAND_CLIENT, r"wayland-egl-backend\.h", PROTOCOLS],
    ),
    "frontend-egl/guestd": (
        ["protocol/base", "protocol", "protocol/link", "protocol/relay", "include/xenglass"],
        [WAYLAND_SERVER, r"wayland-util\.h", PROTOCOLS],
    ),
    "backend-compositor/host": (
        ["protocol/base", "protocol", "protocol/link", "protocol/relay", "include/xenglass"],
        [GENERATED, GL_HEADERS, WAYLAND_CLIENT, PROTOCOLS, r"seccomp\.h"],
    ),
    "backend-compositor/compositor": (
        ["protocol/base", "shaders"],
        [
            GL_HEADERS,
            WAYLAND_SERVER,
            WAYLAND_CLIENT,
            PROTOCOLS,
            r"xkbcommon/.*",
            r"pixman\.h|cairo\.h|shaders\.h",
        ],
    ),
    "backend-compositor/launch": ([], []),
    "backend-compositor/daemon": (
        ["backend-compositor/launch", "protocol/base", "protocol/link", "include/xenglass"],
        [],
    ),
    "backend-compositor/local": (["backend-compositor/launch", "protocol/base"], []),
}
FREE = ("tests/", "bench/")
# Variables of ours that turn no optimisation off.
PLAIN_VARIABLES = {
    "XENGLASS_LOG",
    "XENGLASS_SOCKET",
    "XENGLASS_STATS",
    "XENGLASS_TIMELINE",
    "XENGLASS_TRACE",
}
# libglvnd's ABI, and Xen's headers, are for one place each.
PRIVATE = {
    r"glvnd/.*": r"frontend-egl/vendor\.[ch]",
    r"xen(gnttab|evtchn|store|toollog|ctrl)\.h|xen/.*": r"protocol/link/xen.*\.[ch]",
}
LIBC = re.compile(
    r"(assert|ctype|dirent|dlfcn|elf|endian|errno|fcntl|float|ftw|getopt|glob|grp|inttypes|libgen|limits|link|locale"
    r"|malloc|math|poll|pthread|pwd|sched|semaphore|setjmp|signal|spawn|stdalign|stdarg|stdatomic|stdbool"
    r"|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|syscall|termios|threads|time"
    r"|ucontext|unistd|wchar|byteswap|linux/.*|sys/.*|arpa/.*|netinet/.*|sanitizer/.*"
    r"|emmintrin|immintrin|xmmintrin|x86intrin)(\.h)?$"
)
OPTION = re.compile(r"--[a-z][a-z-]*")
VARIABLE = re.compile(r'"(XENGLASS_[A-Z_]+)"')
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.MULTILINE)


def tracked(top, *patterns):
    out = subprocess.run(
        ["git", "-C", top, "-c", "safe.directory=*", "ls-files", "--", *patterns],
        stdout=subprocess.PIPE,
        text=True,
    )
    if out.returncode != 0:
        print("skipped: not a git checkout")
        sys.exit(SKIP)
    return [top / name for name in out.stdout.splitlines() if (top / name).is_file()]


def layer_of(folder):
    """The longest folder of the table that this one lies in."""
    fits = [layer for layer in LAYERS if folder == layer or folder.startswith(layer + "/")]
    return max(fits, key=len, default=None)


def find_header(top, source, name):
    """Where a header of the project's lies; None for one of a library's or a generated one."""
    roots = [
        source.parent,
        top / "include",
        top / "protocol",
        top / "protocol" / "gen",
        top / "frontend-egl",
        top / "frontend-egl" / "guestd",
        top / "backend-compositor" / "host",
        top / "backend-compositor" / "compositor",
        top / "backend-compositor",
        top,
    ]
    for root in roots:
        path = (root / name).resolve()
        if path.is_file() and path.is_relative_to(top):
            return path
    return None


def check_include(top, source, name):
    """Says what is wrong with this include, or None."""
    relative = source.relative_to(top).as_posix()
    for pattern, where in PRIVATE.items():
        if re.fullmatch(pattern, name):
            return None if re.fullmatch(where, relative) else "is not for this file"
    if LIBC.match(name):
        return None
    layer = layer_of(source.parent.relative_to(top).as_posix())
    if layer is None:
        return "comes from a folder that the table of layers does not have"
    folders, libraries = LAYERS[layer]
    header = find_header(top, source, name)
    if header is None:
        if any(re.fullmatch(pattern, name) for pattern in libraries):
            return None
        return f"is a header that {layer} may not include"
    target = header.parent.relative_to(top).as_posix()
    if layer_of(target) in (layer, *folders) or target in folders:
        return None
    return f"lies in {target}, and {layer} may not include that"


def check_layers(top, build):
    wrong = []
    for source in tracked(top, "*.c", "*.h"):
        relative = source.relative_to(top).as_posix()
        if relative.startswith(FREE):
            continue
        for match in INCLUDE.finditer(source.read_text()):
            reason = check_include(top, source, match.group(1))
            if reason:
                wrong.append(f"{relative}: {match.group(1)} {reason}")
    return wrong


def flags_near(entries, header):
    """The compiler's flags of the source that lies nearest to a header."""

    def nearness(entry):
        source = (pathlib.Path(entry["directory"]) / entry["file"]).resolve()
        common = 0
        for ours, theirs in zip(header.parts, source.parts):
            if ours != theirs:
                break
            common += 1
        return common, source.parent == header.parent, source.stem == header.stem

    best = max(entries, key=nearness)
    words = best["command"].split()
    return [w for w in words if w.startswith(("-I", "-D", "-isystem", "-std"))], best["directory"]


def check_headers(top, build):
    commands = build / "compile_commands.json"
    if not commands.exists():
        sys.exit(SKIP)
    entries = [e for e in json.loads(commands.read_text()) if e["file"].endswith(".c")]

    def compile_alone(header):
        flags, directory = flags_near(entries, header)
        result = subprocess.run(
            ["cc", *flags, "-fsyntax-only", "-x", "c", "-include", str(header), "/dev/null"],
            cwd=directory,
            stderr=subprocess.PIPE,
            text=True,
        )
        name = header.relative_to(top)
        return f"{name} does not compile alone:\n{result.stderr}" if result.returncode else None

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return [text for text in pool.map(compile_alone, tracked(top, "*.h")) if text]


def check_format(top, build):
    if not shutil.which("clang-format"):
        sys.exit(SKIP)
    result = subprocess.run(
        ["clang-format", "--dry-run", "-Werror", *tracked(top, "*.c", "*.h")],
        stderr=subprocess.PIPE,
        text=True,
    )
    files = sorted({line.split(":")[0] for line in result.stderr.splitlines() if ": error: " in line})
    wrong = [f"{name}: ./xg format would change it" for name in files]
    return wrong or ([result.stderr] if result.returncode != 0 else [])


def check_sizes(top, build):
    wrong = []
    for source in tracked(top, "*.c", "*.h", "*.py", "xg"):
        lines = source.read_text().count("\n")
        if lines > LINES_MAX:
            wrong.append(f"{source.relative_to(top)}: {lines} lines, {LINES_MAX} are the most")
    return wrong


def check_leftovers(top, build):
    notes = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
    wrong = []
    for source in tracked(top, "*.c", "*.h", "*.py", "*.build", "*.toml", "*.frag", "*.vert", "xg", "*.md"):
        relative = source.relative_to(top)
        text = source.read_text()
        for number, line in enumerate(text.splitlines(), 1):
            if notes.search(line):
                wrong.append(f"{relative}:{number}: {line.strip()}")
        if source.suffix != ".md" and "SPDX-License-Identifier: MIT" not in text[:400]:
            wrong.append(f"{relative}: its head does not name the licence")
    return wrong


def check_manual(top, build):
    pages = {page.name.split(".")[0]: page for page in (top / "man").glob("*.scd")}
    wrong = []
    programs = [
        path
        for path in build.glob("*/*/xenglass*")
        if path.is_file() and os.access(path, os.X_OK) and "." not in path.name
    ]
    for program in programs:
        page = pages.get(program.name)
        if not page:
            wrong.append(f"{program.name} has no page in man/")
            continue
        told = subprocess.run([program, "--help"], stdout=subprocess.PIPE, text=True).stdout
        in_help, in_page = (set(OPTION.findall(text)) for text in (told, page.read_text()))
        for option in sorted(in_help ^ in_page):
            where = "--help" if option in in_help else "the page"
            wrong.append(f"{program.name}: only {where} names {option}")
    return wrong


def check_switches(top, build):
    ours = [path for path in tracked(top, "*.c", "*.h")
            if not path.relative_to(top).as_posix().startswith(FREE)]  # fmt: skip
    sources = "".join(path.read_text() for path in ours)
    manual = "".join(page.read_text() for page in (top / "man").glob("*.scd"))
    listed = set(switches.all_off())
    wrong = []
    for name in set(VARIABLE.findall(sources)) - PLAIN_VARIABLES - listed:
        wrong.append(f"{name} is read, and not among the SWITCHES of xenglass(7)")
    for name in listed:
        if f'"{name}"' not in sources:
            wrong.append(f"{name} is among the SWITCHES of xenglass(7), and not read")
    for name in PLAIN_VARIABLES:
        if f"\n{name}\n\t" not in manual:
            wrong.append(f"{name} is in no page's ENVIRONMENT")
    return sorted(wrong)


CHECKS = {
    "layers": check_layers,
    "headers": check_headers,
    "format": check_format,
    "sizes": check_sizes,
    "leftovers": check_leftovers,
    "manual": check_manual,
    "switches": check_switches,
}


def main():
    check, top, build = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    wrong = CHECKS[check](top.resolve(), build)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
