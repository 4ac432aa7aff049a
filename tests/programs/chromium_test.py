#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Chromium in a guest, with a page of WebGL 1 and one of WebGL 2 beside each other.

usage: chromium_test.py webgl [--native] | features | interrupt

webgl: both show the test card, which moves, and say that xenglass drew it. features: what WebGL 2
draws and computes is natively the same, to the byte. interrupt: Ctrl-C for xenglass-local while it
draws leaves none of its many processes.

The pages come from this process, at 127.0.0.1. It is Chromium's proxy, too, and refuses everything
else: so Chromium speaks with nobody but this machine.

The pages are composited by the processor, as they are natively where a Wayland compositor has no
dma-buf to offer. Chromium finds that out late, and then ends all contexts of WebGL that there are:
so it is told at once.
"""
import functools
import http.server
import os
import pathlib
import signal
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "harness"))
import pictures  # noqa: E402
import png  # noqa: E402
import programs  # noqa: E402
import stack  # noqa: E402

GUESTS = pathlib.Path(__file__).resolve().parent / "guests"
CARD = (320, 240)
GAP = 20
OPTIONS = (
    "--ozone-platform=wayland", "--use-gl=angle", "--use-angle=gles", "--ignore-gpu-blocklist",
    "--disable-gpu-compositing",
    "--no-first-run", "--no-default-browser-check", "--password-store=basic", "--disable-sync",
    "--disable-extensions", "--disable-background-networking", "--disable-component-update",
    "--disable-breakpad", "--disable-dev-shm-usage",
    f"--window-size={2 * CARD[0] + GAP},{CARD[1]}",
)  # fmt: skip
# Chromium's own sandbox is not for root; the second keeps a bar away that warns of that.
FOR_ROOT = ("--no-sandbox", "--test-type")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the pages, and hears what they say."""

    def do_GET(self):
        if self.path.startswith("/"):
            super().do_GET()
        else:
            self.send_error(403)  # another host's

    def do_POST(self):
        size = int(self.headers["Content-Length"])
        if self.path.startswith("/said/"):
            self.server.said[self.path[6:]] = self.rfile.read(size).decode().split("\n")
            self.send_response(204)
            self.end_headers()
        else:
            self.send_error(403)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=GUESTS))
        self.said = {}  # page: its lines
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def command(self, folder, page="both.html"):
        here = f"http://127.0.0.1:{self.server_port}"
        places = [f"--user-data-dir={folder}/profile", f"--proxy-server={here}"]
        options = OPTIONS + (FOR_ROOT if os.geteuid() == 0 else ())
        return ["chromium", *options, *places, f"--app={here}/{page}"]


def two_cards(content):
    """Both pages' cards, side by side."""
    for name, left in (("WebGL 1", 0), ("WebGL 2", CARD[0] + GAP)):
        half = content.crop(left, 0, min(left + CARD[0], content.width), content.height)
        problem = pictures.card_of(*CARD)(half)
        if problem:
            return f"{name}: {problem}"
    return None


def check_said(said, is_native):
    for page, version in (("webgl1", "WebGL 1.0"), ("webgl2", "WebGL 2.0")):
        print(f"{page}: {said.get(page)}")
        if page not in said or not said[page][0].startswith(version):
            raise stack.Failure(f"{page} says {said.get(page)}")
        _, renderer, error = said[page]  # of GL's version, what draws, its error
        if error != "0" or ("xenglass" in renderer) == is_native:
            raise stack.Failure(f"{page}: drawn by {renderer}, error {error}")


def start_run(run):
    run.environment |= {"HOME": str(run.folder), "LC_ALL": "C.UTF-8"}
    return {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def webgl(is_native):
    with stack.Run() as run, Server() as server:
        quiet = start_run(run)
        compositor = stack.Compositor(run)
        start = compositor.native if is_native else compositor.guest
        process = start("guest1", server.command(run.folder), **quiet)
        try:
            programs.watch(compositor, process, two_cards, True)
            stack.wait_until(lambda: len(server.said) == 2, "both pages have spoken")
        finally:
            programs.keep_picture(run, "chromium")
        check_said(server.said, is_native)
        stack.end(process)
        stack.end(compositor.process)
        run.check_nothing_left()


def features():
    with stack.Run() as run, Server() as server:
        quiet = start_run(run)
        compositor = stack.Compositor(run)
        told = {}
        for start in (compositor.native, compositor.guest):
            process = start("guest1", server.command(run.folder, "features.html"), **quiet)
            told[start] = stack.wait_until(
                lambda: server.said.pop("features", None), "the page has spoken"
            )
            stack.end(process)
        native, ours = told[compositor.native], told[compositor.guest]
        print("\n".join(ours[:-1]))
        if any(not line.endswith(" 0") for line in native) or len(native) < 10:
            raise stack.Failure(f"natively the page fails: {native}")
        if ours != native:
            raise stack.Failure("\n".join(f"not {a}, but {b}" for a, b in zip(native, ours)))
        stack.end(compositor.process)
        run.check_nothing_left()


def shows_cards(run, path):
    """True once the cards are on the screen of the only run in the folder."""
    for socket in run.folder.glob("xenglass-*/screen"):
        environment = {**run.environment, "WAYLAND_DISPLAY": str(socket)}
        if subprocess.run(["grim", path], env=environment, stderr=subprocess.DEVNULL).returncode:
            return False
        image = png.read(path)
        return all(image.count(pictures.is_like(c)) > 20000 for c in pictures.CARD_BARS)
    return False


def interrupt():
    with stack.Run() as run, Server() as server:
        quiet = start_run(run)
        command = [stack.LOCAL, "--headless", "800x600", "--", *server.command(run.folder)]
        process = run.start(command, process_group=0, **quiet)
        screen = run.folder / "screen.png"
        stack.wait_until(lambda: shows_cards(run, screen), "the cards on the screen")
        print(f"{len(run.alive())} processes")
        os.killpg(process.pid, signal.SIGINT)
        try:
            status = process.wait(stack.DEADLINE_S)
        except subprocess.TimeoutExpired:
            raise stack.Failure("it does not end") from None
        if status != 128 + signal.SIGINT:
            raise stack.Failure(f"exit status {status}")
        run.check_nothing_left()


def main():
    stack.need("chromium", "grim")
    tests = {"features": features, "interrupt": interrupt}
    tests.get(sys.argv[1], lambda: webgl("--native" in sys.argv))()


if __name__ == "__main__":
    stack.main(main)
