#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Proves on a bare Debian 12 that the README's two commands work: nothing but what they say.

Makes a root with mmdebstrap from this machine's own apt sources, clones the repository's last
commit into it, and runs ./xg demo --quick and ./xg test there. Needs root. The root is removed
again, unless --keep is given.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
SUITE = "bookworm"
MOUNTS = ("proc", "sys", "dev", "dev/pts", "dev/shm")
COMMANDS = (("./xg", "demo", "--quick"), ("./xg", "test"))


def run(*command, **options):
    print("fresh:", *command, flush=True)
    return subprocess.run([str(word) for word in command], **options).returncode


def must(*command, **options):
    if run(*command, **options) != 0:
        sys.exit(f"fresh: failed: {' '.join(str(word) for word in command)}")


def make_root(root):
    """A base system, with this machine's apt sources, so that a local mirror is used if one is."""
    sources = [
        path
        for path in (
            pathlib.Path("/etc/apt/sources.list"),
            *sorted(pathlib.Path("/etc/apt/sources.list.d").glob("*")),
        )
        if path.suffix in (".list", ".sources") and path.is_file() and path.stat().st_size
    ]
    if not sources:
        sys.exit("fresh: this machine has no apt sources to copy")
    proxies = [f"--aptopt={line}" for line in apt_options()]
    must("mmdebstrap", "--variant=apt", *proxies, SUITE, root, *sources)
    for name in ("apt.conf.d", "trusted.gpg.d"):
        shutil.copytree(f"/etc/apt/{name}", root / f"etc/apt/{name}", dirs_exist_ok=True)
    for name in ("/etc/resolv.conf", "/etc/hosts"):
        if os.path.exists(name):
            shutil.copy(name, str(root) + name)


def apt_options():
    """What this machine tells apt, of proxies and the like, in apt.conf's own form."""
    out = subprocess.run(["apt-config", "dump"], stdout=subprocess.PIPE, text=True).stdout
    wanted = ("Acquire::http", "Acquire::https", "Acquire::Check-", "Acquire::Retries")
    return [line for line in out.splitlines() if line.startswith(wanted) and '""' not in line]


def unmount(root):
    """Lets go of everything mounted below the root, also what a broken run left."""
    with open("/proc/self/mounts") as mounts:
        below = [line.split()[1] for line in mounts if line.split()[1].startswith(f"{root}/")]
    for place in sorted(below, reverse=True):
        run("umount", "--lazy", place)


def main():
    parser = argparse.ArgumentParser(prog="./xg fresh", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave the root where it is")
    arguments = parser.parse_args()
    if os.getuid() != 0:
        sys.exit("fresh: needs root, for chroot: try sudo ./xg fresh")

    root = pathlib.Path(tempfile.mkdtemp(prefix="xg-fresh-", dir="/var/tmp"))
    root.chmod(0o755)
    failed = []
    try:
        make_root(root)
        must("git", "-c", "safe.directory=*", "clone", "-q", TOP, root / "root/xenglass")
        for place in MOUNTS:
            (root / place).mkdir(parents=True, exist_ok=True)
            must("mount", "--bind", f"/{place}", root / place)
        environment = {"HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TERM": "dumb"}
        for name in ("http_proxy", "https_proxy", "no_proxy"):
            if name in os.environ:
                environment[name] = os.environ[name]
        for command in COMMANDS:
            line = "cd /root/xenglass && exec " + " ".join(command)
            if run("chroot", root, "/bin/sh", "-c", line, env=environment) != 0:
                failed.append(" ".join(command))
        picture = root / "root/xenglass/build/demo/screenshot.png"
        if not picture.exists():
            failed.append("the demo's picture")
    finally:
        unmount(root)
        if arguments.keep:
            print(f"fresh: kept {root}")
        else:
            shutil.rmtree(root, ignore_errors=True)
    print(f"fresh: failed: {', '.join(failed)}" if failed else "fresh: demo and test work")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
