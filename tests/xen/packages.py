# SPDX-License-Identifier: MIT
"""Fetches Debian packages and unpacks them into one folder, the sysroot; none is installed.

The folder lies in the user's cache and serves until a newer version of a package comes.
"""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "xenglass"
XEN = "4.17"
NAMES = (
    # the hypervisor and its tools
    f"xen-hypervisor-{XEN}-amd64",
    f"xen-utils-{XEN}",
    "xenstore-utils",
    "busybox-static",
    # dom0: the driver, and what our programs are linked to
    "libegl1",
    "libgles2",
    "libegl-mesa0",
    "libgl1-mesa-dri",
    "libgbm1",
    "libinput10",
    "libpng16-16",
    "libseccomp2",
    "libwayland-egl1",
    "libxkbcommon0",
    "xkb-data",
    "grim",
    "fonts-dejavu-core",
    # the guests' applications
    "glmark2-es2-wayland",
    "weston",
)


class Unavailable(Exception):
    """The packages cannot be had here; the text says why."""


def _apt(*arguments):
    done = subprocess.run(["apt-get", "-q", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise Unavailable((done.stderr.strip().splitlines() or ["apt-get fails"])[-1])
    return done.stdout


def _kernel():
    """The kernel's package: its name changes with each version."""
    words = subprocess.run(
        ["apt-cache", "depends", "linux-image-amd64"], capture_output=True, text=True
    ).stdout.split()
    if "Depends:" not in words:
        raise Unavailable("apt knows no linux-image-amd64")
    return words[words.index("Depends:") + 1]


def _options(folder):
    """For apt: as if nothing was installed, so that all of what is needed comes."""
    status = folder / "status"
    status.touch()
    (folder / "partial").mkdir(exist_ok=True)
    return (
        "-o", f"Dir::State::status={status}",
        "-o", f"Dir::Cache::archives={folder}",
        "-o", "APT::Sandbox::User=root",
        "-o", "Debug::NoLocking=true",
    )  # fmt: skip


def _wanted(options, kernel):
    """The files' names of all packages, versions included."""
    plan = _apt(*options, "--print-uris", "-y", "--no-install-recommends", "install", *NAMES)
    plan += _apt(*options, "--print-uris", "download", kernel)
    return sorted(re.findall(r"^'[^']+' (\S+\.deb)", plan, re.MULTILINE))


def sysroot():
    """The folder with everything unpacked, fetched if need be. Raises Unavailable."""
    if not shutil.which("apt-get"):
        raise Unavailable("there is no apt-get")
    archives = CACHE / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    options = _options(archives)
    kernel = _kernel()
    names = _wanted(options, kernel)
    root = CACHE / ("root-" + hashlib.sha256("\n".join(names).encode()).hexdigest()[:16])
    if root.exists():
        return root
    for stale in [*CACHE.glob("root-*"), *archives.glob("*.deb")]:
        if stale.is_dir():
            shutil.rmtree(stale)
        elif stale.name not in names:
            stale.unlink()
    _apt(*options, "-y", "-d", "--no-install-recommends", "install", *NAMES)
    # Not with the others: it would bring what makes an initramfs.
    subprocess.run(
        ["apt-get", "-q", *options, "download", kernel],
        cwd=archives, check=True, capture_output=True,
    )  # fmt: skip
    part = CACHE / "part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for package in archives.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, part], check=True)
    part.rename(root)
    return root


if __name__ == "__main__":
    print(sysroot())
