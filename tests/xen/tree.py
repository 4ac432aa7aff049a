# SPDX-License-Identifier: MIT
"""Gathers files, programs with the libraries that they need, and kernel modules into a folder,
and packs that as an initramfs or as a file system."""
import pathlib
import re
import shutil
import stat
import subprocess

TRIPLET = "x86_64-linux-gnu"
LIBRARIES = (f"lib/{TRIPLET}", f"usr/lib/{TRIPLET}", "lib64")
NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")


class Missing(Exception):
    """A file that should be in a package is not there."""


def linked_to(path):
    """The names of the libraries that stand in an ELF file."""
    dynamic = subprocess.run(
        ["readelf", "-d", path], capture_output=True, text=True, check=True
    ).stdout
    return NEEDED.findall(dynamic)


class Tree:
    """A root folder in the making; paths in it are relative. What is there already stays."""

    def __init__(self, folder, sysroot):
        self.folder = pathlib.Path(folder)
        self.sysroot = pathlib.Path(sysroot)
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in ("bin", "dev", "etc", "programs", "proc", "root", "run", "sys", "tmp", "usr/bin",
                     f"lib/{TRIPLET}", "lib64", "var/lock", "var/log", "var/lib"):  # fmt: skip
            (self.folder / name).mkdir(parents=True)
        (self.folder / "tmp").chmod(0o1777)
        (self.folder / "var/run").symlink_to("../run")
        self.program("usr/bin/busybox" if self._in_packages("usr/bin/busybox") else "bin/busybox",
                     "bin/busybox")  # fmt: skip
        (self.folder / "bin/sh").symlink_to("busybox")
        # glibc opens it by name when a thread is cancelled, and programs abort without it.
        self.library("libgcc_s.so.1")

    def _in_packages(self, path):
        found = self.sysroot / path
        return found if found.exists() else None

    def text(self, path, content, mode=0o644):
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content)
        target.chmod(mode)

    def copy(self, source, path):
        """Copies a file or a whole folder."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if pathlib.Path(source).is_dir():
            shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
        else:
            shutil.copy(source, target)

    def package_data(self, path):
        """Copies what the packages have there."""
        if not self._in_packages(path):
            raise Missing(path)
        self.copy(self.sysroot / path, path)

    def library(self, name):
        if (self.folder / f"lib/{TRIPLET}" / name).exists():
            return
        for folder in LIBRARIES:
            found = self._in_packages(f"{folder}/{name}")
            if found:
                self._place(found.resolve(), f"lib/{TRIPLET}/{name}")
                return
        raise Missing(name)

    def _place(self, source, path):
        self.copy(source, path)
        (self.folder / path).chmod(0o755)
        self.needs(source)

    def needs(self, source):
        """The libraries that a program or library is linked to."""
        for needed in linked_to(source):
            if needed.startswith("ld-linux"):
                self.copy(self.sysroot / f"lib/{TRIPLET}" / needed, f"lib64/{needed}")
            self.library(needed)

    def program(self, source, path=None):
        """A program or library, by its path in the packages or anywhere, with all it needs."""
        found = source if pathlib.Path(source).is_absolute() else self._in_packages(source)
        if not found:
            raise Missing(source)
        self._place(pathlib.Path(found), path or source)

    def modules(self, *names):
        """Kernel modules and those that they need; one that is built in needs no file."""
        (root,) = (self.sysroot / "lib/modules").iterdir()
        if not (root / "modules.dep").exists():
            subprocess.run(["busybox", "depmod", "-b", self.sysroot, root.name], check=True)
        needs = dict(line.split(":") for line in (root / "modules.dep").read_text().splitlines())
        by_name = {_module_name(path): path for path in needs}
        built_in = {_module_name(p) for p in (root / "modules.builtin").read_text().split()}
        place = f"lib/modules/{root.name}"
        for name in (name.replace("-", "_") for name in names):
            if name not in by_name and name not in built_in:
                raise Missing(f"module {name}")
            for path in [by_name[name], *needs[by_name[name]].split()] if name in by_name else ():
                self.copy(root / path, f"{place}/{path}")
        for name in ("modules.builtin", "modules.order"):
            self.copy(root / name, f"{place}/{name}")
        subprocess.run(["busybox", "depmod", "-b", self.folder, root.name], check=True)

    def write_cpio(self, path):
        """An initramfs that belongs to root, with the two devices that init starts with."""
        with open(path, "wb") as file:
            for i, entry in enumerate(sorted(self.folder.rglob("*")), 1):
                name = str(entry.relative_to(self.folder))
                mode = entry.lstat().st_mode
                body = b""
                if stat.S_ISLNK(mode):
                    body = bytes(entry.readlink())
                elif stat.S_ISREG(mode):
                    body = entry.read_bytes()
                _write_entry(file, i, name, mode, body)
            _write_entry(file, 0xFFFF0, "dev/console", stat.S_IFCHR | 0o600, b"", (5, 1))
            _write_entry(file, 0xFFFF1, "dev/null", stat.S_IFCHR | 0o666, b"", (1, 3))
            _write_entry(file, 0, "TRAILER!!!", 0, b"")

    def write_ext2(self, path):
        """A file system that belongs to root, with some room to spare."""
        size = sum(e.lstat().st_size + 4096 for e in self.folder.rglob("*"))
        pathlib.Path(path).unlink(missing_ok=True)
        subprocess.run(
            ["mke2fs", "-q", "-t", "ext2", "-m", "0", "-E", "root_owner=0:0", "-d", self.folder,
             path, f"{size * 5 // 4 // 1024 + 4096}k"],
            check=True,
        )  # fmt: skip


def _module_name(path):
    return pathlib.PurePath(path).name.partition(".")[0].replace("-", "_")


def _write_entry(file, number, name, mode, body, device=(0, 0)):
    """One entry of the "newc" format."""
    fields = (number, mode, 0, 0, 1, 0, len(body), 0, 0, *device, len(name) + 1, 0)
    file.write(b"070701" + "".join(f"{field:08x}" for field in fields).encode())
    for part in (name.encode() + b"\0", body):
        file.write(part)
        file.write(bytes(-file.tell() % 4))
