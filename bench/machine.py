# SPDX-License-Identifier: MIT
"""Describes the machine and the build that figures are of, and watches for others at work on it."""
import contextlib
import datetime
import itertools
import json
import os
import pathlib
import platform
import re
import resource
import subprocess

import glmark2
import stack

# What decides about a build's speed.
OPTIONS = ("buildtype", "optimization", "debug", "b_ndebug", "b_lto", "b_sanitize", "c_args", "c_std")
GOVERNOR = pathlib.Path("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
# What a driver, or a part of ours, does otherwise if it is told so.
SWITCHES = ("XENGLASS_", "MESA_", "GALLIUM_", "LIBGL_", "LP_", "EGL_", "__EGL_")
PACKAGES = ("libegl-mesa0", "libglvnd0", "glmark2-es2-wayland", "virgl-server", "waypipe")


def said(*command):
    """What a command prints; nothing if it cannot."""
    with contextlib.suppress(OSError):
        out = subprocess.run(command, cwd=stack.TOP, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, text=True)  # fmt: skip
        return out.stdout.strip() if out.returncode == 0 else ""
    return ""


def field(path, name):
    match = re.search(rf"^{name}\s*:\s*(.*)$", pathlib.Path(path).read_text(), re.MULTILINE)
    return match[1] if match else ""


def describe_build():
    """By what meson leaves in the build's folder; without one, nothing is known."""
    options, commands = [], []
    with contextlib.suppress(FileNotFoundError):
        options = json.loads((stack.BUILD / "meson-info" / "intro-buildoptions.json").read_text())
        commands = json.loads((stack.BUILD / "compile_commands.json").read_text())
    compiler = next((c["command"].split() for c in commands if c["file"].endswith(".c")), ["cc"])
    # ccache stands before the compiler.
    words = itertools.takewhile(lambda word: not word.startswith("-"), compiler)
    return {
        "compiler": said(*words, "--version").split("\n")[0],
        "options": {o["name"]: o["value"] for o in options if o["name"] in OPTIONS},
    }


def describe_driver(compositor):
    """GL_VENDOR, GL_RENDERER and GL_VERSION, as glmark2 says them."""
    command = [glmark2.PROGRAM, "--off-screen", "-b", "build:nframes=1"]
    process = compositor.native("guest1", command, stdout=subprocess.PIPE, text=True)
    return dict(re.findall(r"^\s+(GL_\w+):\s+(.*)$", process.communicate()[0], re.MULTILINE))


def packages():
    lines = said("dpkg-query", "-W", "-f", "${Package} ${Version}\n", *PACKAGES)
    return dict(line.split(" ", 1) for line in lines.splitlines())


def describe(compositor):
    with contextlib.suppress(FileNotFoundError):
        governor = GOVERNOR.read_text().strip()
    cpuinfo = "/proc/cpuinfo"
    return {
        "time": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        "cpu": field(cpuinfo, "model name") or platform.processor(),
        "cpus": os.cpu_count(),
        "cpus_allowed": len(os.sched_getaffinity(0)),
        "is_virtual": " hypervisor" in field(cpuinfo, "flags"),
        "governor": governor if GOVERNOR.exists() else None,
        "kernel": f"{platform.release()} {platform.version()}",
        "memory_mib": int(field("/proc/meminfo", "MemTotal").split()[0]) // 1024,
        "load": list(os.getloadavg()),
        "driver": describe_driver(compositor),
        "packages": packages(),
        "commit": said("git", "rev-parse", "HEAD"),
        "is_dirty": bool(said("git", "status", "--porcelain", "-uno")),
        "build": describe_build(),
        "switches": {name: value for name, value in os.environ.items()
                     if name.startswith(SWITCHES) and name != "XENGLASS_BUILD"},
    }


def show(known):
    """What a reader has to know to compare with another machine's figures."""
    build = known["build"]
    options = " ".join(f"{name}={value}" for name, value in build.get("options", {}).items() if value)
    load = " ".join(f"{value:.2f}" for value in known["load"])
    virtual = ", virtual" if known["is_virtual"] else ""
    rows = {
        "machine": f"{known['cpus_allowed']} of {known['cpus']} processors, {known['cpu']}{virtual};"
                   f" {known['memory_mib']} MiB; governor {known['governor'] or 'unknown'}",
        "kernel": known["kernel"],
        "driver": ", ".join(known["driver"].get(name, "?") for name in ("GL_RENDERER", "GL_VERSION")),
        "build": f"{build.get('compiler', '?')}; {options}",
        "commit": known["commit"] + (", with changes" if known["is_dirty"] else ""),
        "load": f"{load} when it began, {known['time']}",
    }  # fmt: skip
    if known["switches"]:
        rows["switches"] = " ".join(f"{name}={value}" for name, value in known["switches"].items())
    for name, text in rows.items():
        print(f"{name:10}{text}")
    if known["load"][0] > 0.5:
        print("! others are at work on this machine: its times will say little")


def busy_s():
    """Processor seconds that were not idle, since the machine began; a hypervisor's share, too."""
    user, nice, system, _, _, irq, softirq, steal = map(
        int, pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def our_s(run):
    """Processor seconds of this process, of what it has started, and of what of it still lives."""
    total = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    for pid, _ in run.alive():
        with contextlib.suppress(OSError):
            words = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")
    return total


class Watch:
    """How much of the processors others take, from its making until others() is asked."""

    def __init__(self, run):
        self.run = run
        self.begin = self.look()

    def look(self):
        return os.times().elapsed, busy_s(), our_s(self.run)

    def others(self):
        """From 0 to 1: 1 if others had all processors all the time."""
        elapsed, busy, ours = (now - then for now, then in zip(self.look(), self.begin))
        all_s = max(elapsed, 1 / os.sysconf("SC_CLK_TCK")) * os.cpu_count()
        return min(1.0, max(0.0, (busy - ours) / all_s))
