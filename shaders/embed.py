#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a C header with each shader as a string: embed.py OUTPUT.h SHADER...

quad.vert becomes xg_shader_quad_vert.
"""
import pathlib
import sys


def literal(text):
    lines = (line.replace("\\", "\\\\").replace('"', '\\"') for line in text.splitlines())
    return "\n".join(f'\t"{line}\\n"' for line in lines)


def main(output, *shaders):
    parts = ["/* Generated from shaders/ by embed.py. */"]
    for path in map(pathlib.Path, shaders):
        name = path.name.replace(".", "_")
        parts.append(f"static const char xg_shader_{name}[] =\n{literal(path.read_text())};")
    pathlib.Path(output).write_text("\n\n".join(parts) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
