# SPDX-License-Identifier: MIT
"""Fetches what another processor's programs are built and run with, into a folder of the cache.

Nothing is installed, and dpkg learns of no foreign architecture: apt is asked as if this machine was
of that one, with lists of its own from this machine's sources, and the packages are unpacked. The
folder serves until NAMES change; who wants newer versions removes it.
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "xenglass"
# By name, without what they depend on: libegl1 would bring a whole driver.
NAMES = (
    # what a C program needs
    "libc6",
    "libc6-dev",
    "libgcc-12-dev",
    "libgcc-s1",
    "linux-libc-dev",
    # the guest's side
    "libegl-dev",
    "libffi-dev",
    "libgl-dev",
    "libgles-dev",
    "libglvnd-core-dev",
    "libglvnd-dev",
    "libwayland-dev",
    "libwayland-egl-backend-dev",
    "wayland-protocols",
    # its programs, and the tests
    "libcmocka-dev",
    "libcmocka0",
    "libegl1",
    "libffi8",
    "libgles2",
    "libglvnd0",
    "libwayland-client0",
    "libwayland-egl1",
    "libwayland-server0",
)
# The link over Xen. Debian 12 has its libraries for arm64, and for i386 no more.
XEN_NAMES = {
    "arm64": (
        "libxen-dev",
        "libxengnttab1",
        "libxenstore4",
        "libxentoolcore1",
        "libxentoollog1",
    ),
}


class Unavailable(Exception):
    """The packages cannot be had here; the text says why."""


def _apt(folder, architecture, *words):
    """Runs apt-get in a folder of its own, as on a machine of that architecture."""
    settings = {
        "APT::Architecture": architecture,
        "APT::Architectures": architecture,
        "APT::Sandbox::User": "root",
        "Dir::Cache": folder,
        "Dir::State": folder,
        "Dir::State::status": folder / "status",
    }
    options = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
    return subprocess.run(
        ["apt-get", "-q", *options, *words], cwd=folder, capture_output=True, text=True
    )


def _fetch(folder, architecture, names, root):
    """Leaves the packages' files below root; folder is there for what that needs."""
    (folder / "lists/partial").mkdir(parents=True)
    (folder / "status").touch()
    # One source of many may fail: what matters is whether the packages come.
    updated = _apt(folder, architecture, "update")
    fetched = _apt(folder, architecture, "download", *names)
    if fetched.returncode != 0:
        lines = (updated.stderr + fetched.stderr).strip().splitlines()
        raise Unavailable(lines[-1] if lines else "apt-get fails")
    for package in folder.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, root], check=True)


def sysroot(architecture):
    """The folder with everything unpacked, fetched if need be. Raises Unavailable."""
    if not shutil.which("apt-get"):
        raise Unavailable("there is no apt-get")
    names = NAMES + XEN_NAMES.get(architecture, ())
    mark = hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
    root = CACHE / f"cross-{architecture}-{mark}"
    if root.exists():
        return root
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cross-", dir=CACHE) as folder:
        part = pathlib.Path(folder, "root")
        _fetch(pathlib.Path(folder), architecture, names, part)
        for stale in CACHE.glob(f"cross-{architecture}-*"):
            shutil.rmtree(stale, ignore_errors=True)
        part.rename(root)
    return root
