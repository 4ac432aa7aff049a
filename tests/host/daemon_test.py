#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""xenglassd: guests come and go, each with a host process and a labelled place on the screen."""
import os
import pathlib
import select
import signal
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import stack  # pylint: disable=wrong-import-position

DAEMON = stack.BUILD / "backend-compositor/daemon/xenglassd"
CTL = stack.BUILD / "backend-compositor/ctl/xenglassctl"
GUESTD = stack.BUILD / "frontend-egl/guestd/xenglass-guestd"


def start_ready(run, command, **options):
    """Starts a daemon and waits until it says that it is ready."""
    ready, writer = os.pipe()
    process = run.start([*command, "--ready-fd", str(writer)], pass_fds=(writer,), **options)
    os.close(writer)
    answered, _, _ = select.select([ready], [], [], stack.DEADLINE_S)
    is_ready = answered and os.read(ready, 1)
    os.close(ready)
    if not is_ready:
        raise stack.Failure(f"{command[0].name} does not start")
    return process


def try_ready(run, command):
    """The same, or None."""
    try:
        return start_ready(run, command)
    except stack.Failure:
        return None


def program_name(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def hosts(run):
    """The ids of the host processes that live, oldest first; each has a door beside it."""
    return sorted(pid for pid, line in run.alive()
                  if "xenglass-host" in line and program_name(pid) == "xenglass-host")


def sockets(run):
    return sorted(path.name for path in run.folder.glob("guest*.wayland"))


def test():
    with stack.Run() as run:
        control, link = run.folder / "control", run.folder / "link"
        start_ready(run, [stack.COMPOSITOR, "--headless", "320x240", "--socket", "screen",
                          "--control", control])
        daemon = start_ready(run, [DAEMON, "--listen", link, "--runtime-dir", run.folder,
                                   "--control", control, "--guests-max", "2",
                                   "--quota", "contexts=4"])
        guests = []
        for name in ("a", "b"):
            (run.folder / name).mkdir()
            guests.append(start_ready(
                run, [GUESTD, "--link", link, "--runtime-dir", run.folder / name]))
        stack.wait_until(lambda: len(hosts(run)) == 2, "two hosts")
        if sockets(run) != ["guest1.wayland", "guest2.wayland"]:
            raise stack.Failure(f"sockets of the guests: {sockets(run)}")

        (run.folder / "c").mkdir()
        third = run.start([GUESTD, "--link", link, "--runtime-dir", run.folder / "c"])
        if third.wait(stack.DEADLINE_S) == 0:
            raise stack.Failure("a third guest found room")

        stack.end(guests[0])
        stack.wait_until(lambda: sockets(run) == ["guest2.wayland"], "the first guest is gone")
        if guests[1].poll() is not None:
            raise stack.Failure("the other guest went along")

        os.kill(hosts(run)[0], signal.SIGKILL)
        if guests[1].wait(stack.DEADLINE_S) == 0:
            raise stack.Failure("a guest whose host crashed calls that success")
        stack.wait_until(lambda: not sockets(run), "the second guest is gone")

        (run.folder / "d").mkdir()
        start_ready(run, [GUESTD, "--link", link, "--runtime-dir", run.folder / "d"])
        if stack.end(daemon) != 0:
            raise stack.Failure("the daemon does not end well")
        stack.wait_until(lambda: not hosts(run), "no host outlives the daemon")
        if sockets(run) or link.exists():
            raise stack.Failure("the daemon left a socket")


def test_late_answers():
    """A compositor that answers a command only after the next: neither answer is taken for the
    other's."""
    with stack.Run() as run, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        control, link = run.folder / "control", run.folder / "link"
        listener.bind(str(control))
        listener.listen()
        start_ready(run, [DAEMON, "--listen", link, "--runtime-dir", run.folder,
                          "--control", control, "--clipboard", "paste"])
        connection, _ = listener.accept()
        connection.settimeout(stack.DEADLINE_S)
        first = run.start([GUESTD, "--link", link, "--runtime-dir", run.folder / "a"])
        heard = [connection.recv(256), connection.recv(256)]
        if heard != [b"guest guest1 3465a4 paste", b"remove guest1"]:
            raise stack.Failure(f"the daemon says {heard}")
        connection.send(b"ok\n")
        connection.send(b"ok\n")
        if first.wait(stack.DEADLINE_S) == 0:
            raise stack.Failure("a guest without a place on the screen calls that success")
        run.start([GUESTD, "--link", link, "--runtime-dir", run.folder / "b"])
        if connection.recv(256) != b"guest guest2 4e9a06 paste":
            raise stack.Failure("the daemon does not go on")
        connection.send(b"error: full\n")
        stack.wait_until(lambda: not sockets(run), "the refused guest is gone")
        if hosts(run):
            raise stack.Failure("a guest that the compositor refused has a host")


def test_restarts():
    """The daemon, killed, leaves its guest's place behind; the compositor takes guests along."""
    with stack.Run() as run:
        control, link = run.folder / "control", run.folder / "link"
        compositor_line = [stack.COMPOSITOR, "--headless", "320x240", "--socket", "screen",
                           "--control", control]
        daemon_line = [DAEMON, "--listen", link, "--runtime-dir", run.folder,
                       "--control", control, "--socket", run.folder / "ctl"]
        guest_line = [GUESTD, "--link", link, "--runtime-dir", run.folder / "a"]
        (run.folder / "a").mkdir()
        compositor = start_ready(run, compositor_line)
        daemon = start_ready(run, daemon_line)
        guest = start_ready(run, guest_line)

        daemon.kill()
        daemon.wait()
        guest.wait(stack.DEADLINE_S)
        start_ready(run, daemon_line)
        guest = start_ready(run, guest_line)

        compositor.kill()
        compositor.wait()
        guest.wait(stack.DEADLINE_S)
        stack.wait_until(lambda: not sockets(run), "the guest is gone with the compositor")
        for path in (control, run.folder / "screen"):
            path.unlink(missing_ok=True)
        start_ready(run, compositor_line)
        start_ready(run, guest_line)
        stack.wait_until(lambda: sockets(run) == ["guest2.wayland"], "a guest on the next one")


def test_no_compositor():
    """The daemon waits for it, and for the folder of its socket; guests are turned away by then."""
    with stack.Run() as run:
        folder, link = run.folder / "late", run.folder / "link"
        start_ready(run, [DAEMON, "--listen", link, "--runtime-dir", run.folder,
                          "--control", folder / "control"])
        (run.folder / "a").mkdir()
        guest_line = [GUESTD, "--link", link, "--runtime-dir", run.folder / "a"]
        if run.start(guest_line).wait(stack.DEADLINE_S) == 0:
            raise stack.Failure("a guest without a compositor calls that success")
        if hosts(run):
            raise stack.Failure("a guest without a compositor has a host")
        compositor_line = [stack.COMPOSITOR, "--headless", "320x240", "--socket", "screen",
                           "--control", folder / "control"]
        folder.mkdir()
        for _ in range(2):
            compositor = start_ready(run, compositor_line)
            # The first may be early: for a folder the daemon looks from time to time.
            guest = stack.wait_until(lambda: try_ready(run, guest_line), "a guest is taken")
            stack.end(compositor)
            guest.wait(stack.DEADLINE_S)


def check_ctl(run, path, words, status, says):
    """What xenglassctl answers; its output, or its complaint, has that in it."""
    answer = subprocess.run([CTL, "--socket", path, *words], env=run.environment, text=True,
                            capture_output=True, timeout=stack.DEADLINE_S, check=False)
    text = answer.stderr if status else answer.stdout
    if answer.returncode != status or says not in text:
        raise stack.Failure(f"{words}: status {answer.returncode}, {answer}")
    return text


def test_control():
    """xenglassctl lists guests, and says what one uses; whatever is wrong, it says so."""
    with stack.Run() as run:
        control, link, path = run.folder / "control", run.folder / "link", run.folder / "ctl"
        start_ready(run, [stack.COMPOSITOR, "--headless", "320x240", "--socket", "screen",
                          "--control", control])
        start_ready(run, [DAEMON, "--listen", link, "--runtime-dir", run.folder, "--control",
                          control, "--socket", path, "--quota", "contexts=4"])
        (run.folder / "a").mkdir()
        check_ctl(run, path, ["list"], 0, "")
        check_ctl(run, path, ["stats", "guest1"], 1, "no such guest")
        start_ready(run, [GUESTD, "--link", link, "--runtime-dir", run.folder / "a"])
        check_ctl(run, path, ["list"], 0, f"guest1 - connected {hosts(run)[0]}\n")
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(run.folder / "a/wayland-0"))

            def stats():
                lines = check_ctl(run, path, ["stats", "guest1"], 0, "").splitlines()
                return {name: values for name, *values in map(str.split, lines)}
            stack.wait_until(lambda: stats()["connections"] == ["1", "64"], "a client is counted")
            found = stats()
        if found["contexts"] != ["0", "4"] or found["process"] != [str(hosts(run)[0]), "-"]:
            raise stack.Failure(f"stats: {found}")
        for name in ("memory-kib", "guest-pages", "notifications"):
            if int(found[name][0]) == 0:
                raise stack.Failure(f"{name} is counted as 0: {found}")
        if float(found["cpu-seconds"][0]) < 0 or found["swaps"] != ["0", "-"]:
            raise stack.Failure(f"stats: {found}")
        check_ctl(run, path, ["attach", "guest1"], 1, "no domains")
        check_ctl(run, path, ["stats", "nobody"], 1, "no such guest")
        for words, says in ((["stats"], "takes one name"), (["detach", "a", "b"], "takes one name"),
                            (["attach", ""], "takes one name"), (["list", "a"], "takes no name"),
                            (["stats", 300 * "a"], "too long"), (["dance"], "give one command"),
                            ([], "give one command")):
            check_ctl(run, path, words, 2, says)
        check_ctl(run, run.folder / "none", ["list"], 1, "does not answer")


def test_all():
    test()
    test_no_compositor()
    test_control()
    test_late_answers()
    test_restarts()


if __name__ == "__main__":
    stack.main(test_all)
