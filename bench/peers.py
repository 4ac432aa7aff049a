# SPDX-License-Identifier: MIT
"""What others draw with, in the place of the stack: under the same compositor, on the same machine.

virgl carries Gallium's commands to a server that draws with the host's GLES; waypipe lets the guest
draw with what it has, and carries the pixels.
"""
import contextlib
import os
import pathlib
import subprocess

import stack

# Where Mesa's virpipe looks for its server: there is no way to tell it another place.
VIRGL_SOCKET = pathlib.Path("/tmp/.virgl_test")
PROGRAMS = ("virgl_test_server", "waypipe")
# What virgl draws as 32 bits wide whatever was said, llvmpipe takes at its word and draws slower.
PRECISION = ":fragment-precision=high,high,high,high:vertex-precision=high,high,high,high"


@contextlib.contextmanager
def virgl(run, compositor):
    """Mesa's virpipe in the program, virgl_test_server in the host's place; gives start()."""
    if stack.listens(VIRGL_SOCKET):
        raise stack.Failure(f"somebody has a server of virgl at {VIRGL_SOCKET} already")
    server = run.start(
        ["virgl_test_server", "--use-egl-surfaceless", "--use-gles", "--multi-clients",
         f"--socket-path={VIRGL_SOCKET}"],
        environment=run.shader_cache(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    stack.wait_until(lambda: stack.listens(VIRGL_SOCKET), "the server of virgl listens")

    def start(guest, command, **options):
        environment = {"LIBGL_ALWAYS_SOFTWARE": "1", "GALLIUM_DRIVER": "virpipe"}
        environment |= options.pop("environment", {})
        return compositor.native(guest, command, environment=environment, **options)

    try:
        yield start
    finally:
        stack.end(server)
        VIRGL_SOCKET.unlink(missing_ok=True)


@contextlib.contextmanager
def waypipe(run, compositor):
    """The program draws with the driver of its own machine; gives start()."""

    def start(guest, command, **options):
        # A pair of waypipe's for each program; the one on the host's side ends with it.
        socket = run.folder / f"waypipe-{os.urandom(4).hex()}"
        common = ["waypipe", "--socket", socket, "--compress", "none"]
        compositor.native(guest, [*common, "--oneshot", "client"], stderr=subprocess.DEVNULL)
        # It binds the name alone, from within the folder.
        stack.wait_until(lambda: stack.listens(socket.name), "waypipe listens")
        return compositor.native(guest, [*common, "server", "--", *command], **options)

    yield start


PEERS = {"virgl": virgl, "waypipe": waypipe}
