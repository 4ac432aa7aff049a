# SPDX-License-Identifier: MIT
"""Counts the instructions that GL calls cost the program that makes them, by callgrind."""
import re
import subprocess
import sys

import stack

CALLS = stack.BUILD / "bench" / "bench-calls"
# Few enough that all of one call fits the ring: what is counted is the encoding, not the waiting.
COUNT = 500
# The functions of bench-calls, and what each calls: the stream unmaps, too, the fence is deleted, a
# dispatch uses its program again, and what draws from client memory has told where it is. "again" is
# what is set already. Beside what GLES 3 brings these are the calls that programs make most: in
# glmark2's ideas, terrain, jellyfish and desktop nine of ten are of them.
NAMES = {
    "uniform": "glUniform4f",
    "bind": "glBindTexture",
    "draw": "glDrawArrays",
    "buffer": "glBindBuffer",
    "program": "glUseProgram",
    "attrib": "glVertexAttribPointer",
    "subimage": "glTexSubImage2D",
    "instances": "glDrawArraysInstanced",
    "block": "glBufferSubData",
    "range": "glBindBufferRange",
    "stream": "glMapBufferRange",
    "readback": "glReadPixels",
    "array": "glBindVertexArray",
    "sampler": "glBindSampler",
    "fence": "glFenceSync",
    "float": "glUniform1f",
    "unit": "glUniform1i",
    "vector": "glUniform3fv",
    "matrix": "glUniformMatrix4fv",
    "active": "glActiveTexture",
    "framebuffer": "glBindFramebuffer",
    "on": "glEnable",
    "attribute": "glEnableVertexAttribArray",
    "blend": "glBlendFunc",
    "viewport": "glViewport",
    "elements": "glDrawElements",
    "location": "glGetUniformLocation",
    "get": "glGetIntegerv",
    "again": "glBindTexture-again",
    "client": "glDrawArrays-client",
    "indices": "glDrawElements-client",
    "dispatch": "glDispatchCompute",
}
# A small call has a few numbers as its arguments, and nothing else: no memory that is sent along, no
# answer. The goals of small calls are held against the worst of these; the rest is shown beside.
SMALL = frozenset((
    "glUniform4f", "glBindTexture", "glDrawArrays", "glBindBuffer", "glUseProgram",
    "glVertexAttribPointer", "glDrawArraysInstanced", "glBindBufferRange", "glBindVertexArray",
    "glBindSampler", "glUniform1f", "glUniform1i", "glActiveTexture", "glBindFramebuffer", "glEnable",
    "glEnableVertexAttribArray", "glBlendFunc", "glViewport", "glDrawElements",
))  # fmt: skip
MARK = "* a small call: its arguments are a few numbers"
# Makes Mesa's drivers do nothing, in whichever process they are. Meant for a host, or a program
# that draws natively, and not for the compositor: a driver that does nothing looks beyond its own
# memory when it is to draw, and crashes now and then.
NO_DRIVER = {"GALLIUM_NOOP": "1"}


def count(start, folder):
    """{GL call: instructions} of a program; empty without an answer. start(command, environment=…)
    starts it, with its output in a pipe, as text."""
    out = folder / "callgrind.out"
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}"]
    command += [f"--toggle-collect=call_{name}" for name in NAMES]
    process = start([*command, CALLS, "only", str(COUNT)], environment=NO_DRIVER)
    said, _ = process.communicate()
    if process.returncode != 0 or not out.exists():
        print(f"bench-calls under callgrind: {said[-500:]}", file=sys.stderr)
        return {}
    lines = subprocess.run(
        ["callgrind_annotate", "--inclusive=yes", "--threshold=100", "--auto=no", out],
        stdout=subprocess.PIPE, text=True, check=True,
    ).stdout  # fmt: skip
    found = {}
    for name, call in NAMES.items():
        match = re.search(rf"^\s*([0-9,]+) .*:call_{name} ", lines, re.MULTILINE)
        if match:
            found[call] = int(match.group(1).replace(",", "")) / COUNT
    return found


def marked(call):
    """A call's name for a table in which MARK is explained."""
    return f"{call} *" if call in SMALL else call


def small(cells):
    """The small calls' part of {GL call: anything}."""
    return {call: cell for call, cell in cells.items() if call in SMALL}
