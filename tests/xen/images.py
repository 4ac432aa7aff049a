# SPDX-License-Identifier: MIT
"""Builds what the machine boots: Xen, the kernel, and for dom0 and the guests an initramfs and a
disk. Programs come from Debian's packages and from our build folder.

A guest's disk holds no driver: nothing there could draw but xenglass.
"""
import gzip
import lzma
import pathlib
import shutil
import struct
import subprocess

import packages
from tree import TRIPLET, Tree, linked_to

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = f"usr/lib/xen-{packages.XEN}/bin"
XENSTORE_TOOLS = tuple(f"usr/bin/xenstore-{n}" for n in ("ls", "read", "write", "rm", "watch"))
COMMON_MODULES = ("xen-gntdev", "xen-gntalloc", "xen-evtchn", "xenfs", "xen-privcmd", "ext4",
                  "crc32c_generic")  # fmt: skip
VENDOR = '''{
    "file_format_version": "1.0.0",
    "ICD": { "library_path": "/programs/libEGL_xenglass.so.0" }
}
'''
HOST_PROGRAMS = (
    "backend-compositor/compositor/xenglass-compositor",
    "backend-compositor/daemon/xenglassd",
    "backend-compositor/ctl/xenglassctl",
    "backend-compositor/host/xenglass-host",
)
GUEST_PROGRAMS = (
    "frontend-egl/guestd/xenglass-guestd",
    "frontend-egl/libEGL_xenglass.so.0",
    "tests/gl/xg-gl-case",
    "tests/egl/xg-egl-still",
    "tests/xen/hostile_guest",
)
# What images are made by, besides the scripts in them.
SOURCES = ("block", "images.py", "packages.py", "tree.py")
MESA = ("libEGL_mesa", "libgallium", "swrast_dri", "libLLVM")


def _kernel(sysroot, folder):
    """The kernel as an ELF file: Debian packs it as Xen does not read it, or only slowly."""
    (image,) = (sysroot / "boot").glob("vmlinuz-*")
    data = image.read_bytes()
    setup_sectors = data[0x1F1] or 4
    offset, size = struct.unpack_from("<II", data, 0x248)
    payload = data[(setup_sectors + 1) * 512 + offset :][:size]
    raw = folder / "vmlinux.raw"
    raw.write_bytes(lzma.LZMADecompressor().decompress(payload))
    subprocess.run(["strip", "-s", "-o", folder / "vmlinux", raw], check=True)
    raw.unlink()


def _hypervisor(sysroot, folder):
    (image,) = (sysroot / "boot").glob(f"xen-{packages.XEN}-amd64.gz")
    (folder / "xen").write_bytes(gzip.decompress(image.read_bytes()))


def _dom0_initramfs(sysroot, folder):
    tree = Tree(folder / "tree", sysroot)
    for name in ("xenstored", "xenconsoled", "xl", "xen-init-dom0", "libxl-save-helper",
                 "xen-diag", "xentrace"):  # fmt: skip
        tree.program(f"{TOOLS}/{name}")
    for name in XENSTORE_TOOLS:
        tree.program(name)
    for path in ("var/lib/xen", "var/lib/xenstored", "var/log/xen/console"):
        (tree.folder / path).mkdir(parents=True)
    tree.text("etc/xen/xl.conf", "")
    tree.text("etc/xen/scripts/block", (HERE / "block").read_text(), 0o755)
    tree.text("init", (HERE / "dom0-init").read_text(), 0o755)
    tree.modules(*COMMON_MODULES, "virtio_pci", "virtio_console", "virtio_blk", "xen-blkback")
    tree.write_cpio(folder / "dom0.cpio")
    with gzip.open(folder / "dom0.cpio.gz", "wb", compresslevel=1) as file:
        file.write((folder / "dom0.cpio").read_bytes())


def _guest_initramfs(sysroot, folder):
    """Never compressed: a guest unpacks it much faster so."""
    tree = Tree(folder / "tree", sysroot)
    for name in XENSTORE_TOOLS:
        tree.program(name)
    tree.text("init", (HERE / "guest-init").read_text(), 0o755)
    tree.modules(*COMMON_MODULES, "xen-blkfront")
    tree.write_cpio(folder / "guest.cpio")


def _accounts(tree):
    tree.text("etc/passwd", "root:x:0:0::/root:/bin/sh\nuser:x:1000:1000::/tmp:/bin/sh\n")
    tree.text("etc/group", "root:x:0:\nuser:x:1000:\n")


def _host_disk(sysroot, folder, build):
    """dom0's userland without our own programs: the driver, and what these are linked to. And
    what a guest boots."""
    tree = Tree(folder / "tree", sysroot)
    _accounts(tree)
    tree.program("usr/bin/grim")
    tree.library("libEGL_mesa.so.0")
    for path in HOST_PROGRAMS + GUEST_PROGRAMS:
        tree.needs(build / path)
    tree.program(f"usr/lib/{TRIPLET}/dri/swrast_dri.so")
    for path in ("etc/fonts", "usr/share/X11/xkb", "usr/share/drirc.d", "usr/share/fontconfig",
                 "usr/share/fonts", "usr/share/glvnd"):
        tree.package_data(path)
    for name in XENSTORE_TOOLS:
        tree.program(name)
    for name in ("vmlinux", "guest.cpio"):
        tree.copy(folder / name, f"boot/{name}")
    tree.write_ext2(folder / "host.ext2")


def _guest_disk(sysroot, folder, build):
    """A guest's userland without our own programs."""
    tree = Tree(folder / "tree", sysroot)
    _accounts(tree)
    for name in ("glmark2-es2-wayland", "weston-simple-egl", "weston-simple-shm"):
        tree.program(f"usr/bin/{name}")
    tree.package_data("usr/share/glmark2")
    tree.library("libGLESv2.so.2")
    for path in GUEST_PROGRAMS:
        tree.needs(build / path)
    tree.text("usr/share/glvnd/egl_vendor.d/20_xenglass.json", VENDOR)
    for name in XENSTORE_TOOLS:
        tree.program(name)
    drivers = [entry for entry in tree.folder.rglob("*") if entry.name.startswith(MESA)]
    if drivers:
        raise ValueError(f"a driver is on the guest's disk: {drivers}")
    tree.write_ext2(folder / "guest.ext2")


def build_base(sysroot, build, folder):
    """All that does not change with our own code, but for the libraries that it is linked to."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / "stamp"
    sources = [*sorted(HERE.glob("*-init")), *(HERE / name for name in SOURCES)]
    needed = [linked_to(build / path) for path in HOST_PROGRAMS + GUEST_PROGRAMS]
    wanted = f"{sysroot}\n{needed}\n" + "".join(path.read_text() for path in sources)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    for step in (_hypervisor, _kernel, _guest_initramfs, _dom0_initramfs):
        step(sysroot, folder)
    _host_disk(sysroot, folder, build)
    _guest_disk(sysroot, folder, build)
    shutil.rmtree(folder / "tree")
    stamp.write_text(wanted)


def build_programs(build, folder):
    """The disk with our own programs, for dom0 and the guests alike. Its size never changes, for a
    machine that is kept knows it."""
    tree = folder / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir()
    for path in HOST_PROGRAMS + GUEST_PROGRAMS:
        shutil.copy(build / path, tree)
    shutil.copy(HERE / "app", tree)
    (folder / "programs.ext2").unlink(missing_ok=True)
    subprocess.run(
        ["mke2fs", "-q", "-t", "ext2", "-m", "0", "-E", "root_owner=0:0", "-d", tree,
         folder / "programs.ext2", "64m"],
        check=True,
    )  # fmt: skip
    shutil.rmtree(tree)
