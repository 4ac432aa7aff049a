#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A host that runs out of descriptors while it starts says so and ends; it never goes on without
its relay, whose three event queues tell that it is whole."""
import pathlib
import resource
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # pylint: disable=wrong-import-position
from daemon_test import GUESTD, start_ready

HOST = stack.BUILD / "backend-compositor/host/xenglass-host"
QUEUES = 3
SPARE_MAX = 40
# The descriptors of the shader cache lie beyond all others.
SHADER_CACHE = 1000


def descriptors(pid):
    links = []
    for link in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        try:
            links.append(str(link.readlink()))
        except OSError:
            pass  # closed meanwhile
    return links


def is_whole(pid):
    try:
        return descriptors(pid).count("anon_inode:[eventpoll]") == QUEUES
    except OSError:
        return False


def starts_with(run, spare):
    """Whether a host that may open as many descriptors more comes up; else it must say why."""
    folder = run.folder / f"guest{spare}"
    folder.mkdir()
    with open(folder / "log", "w", encoding="utf-8") as log:
        host = start_ready(run, [HOST, "--listen", folder / "link", "--wayland",
                                 run.folder / "screen"], stderr=log)
    numbers = [int(path.name) for path in pathlib.Path(f"/proc/{host.pid}/fd").iterdir()]
    limit = max(number for number in numbers if number < SHADER_CACHE) + 1 + spare
    resource.prlimit(host.pid, resource.RLIMIT_NOFILE, (limit, limit))
    with open(folder / "guest-log", "w", encoding="utf-8") as log:
        guestd = run.start([GUESTD, "--link", folder / "link", "--runtime-dir", folder],
                           stderr=log)
    stack.wait_until(lambda: host.poll() is not None or is_whole(host.pid)
                     or (folder / "wayland-0").exists(), "a host that is whole, or ends")
    is_up = host.poll() is None
    if is_up and not is_whole(host.pid):
        raise stack.Failure(f"with {spare} descriptors left the host goes on without a relay")
    stack.end(guestd)
    stack.end(host)
    lines = (folder / "log").read_text().splitlines()
    if not is_up and len(lines) != 1:
        raise stack.Failure(f"with {spare} descriptors left: {lines} is not one line")
    return is_up


def test():
    with stack.Run() as run:
        start_ready(run, [stack.COMPOSITOR, "--headless", "320x240", "--socket", "screen"])
        if starts_with(run, 0):
            raise stack.Failure("the limit on descriptors does not bind")
        if not any(starts_with(run, spare) for spare in range(1, SPARE_MAX)):
            raise stack.Failure(f"{SPARE_MAX} descriptors are not enough")


if __name__ == "__main__":
    stack.main(test)
