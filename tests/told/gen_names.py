#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the enums of GLES, of all versions and extensions, as C: each value once, by its first name.

usage: gen_names.py GL.XML OUTPUT
"""
import sys
import xml.etree.ElementTree

LARGEST = 0xffff
# Of external memory, for two of which Mesa 22.3 calls what llvmpipe has not: NULL. Then the time.
LEFT_OUT = ("GL_DEVICE_UUID_EXT", "GL_DRIVER_UUID_EXT", "GL_DEVICE_LUID_EXT",
            "GL_DEVICE_NODE_MASK_EXT", "GL_TIMESTAMP_EXT")


def names_of(root):
    values = {e.get("name"): int(e.get("value"), 0) for e in root.findall("enums/enum")
              if e.get("api") in (None, "gles2")}
    elements = [e for e in root.findall("feature") if e.get("api") == "gles2"]
    elements += [e for e in root.findall("extensions/extension")
                 if "gles2" in e.get("supported").split("|")]
    for element in elements:
        for require in element.findall("require"):
            if require.get("api") in (None, "gles2"):
                for enum in require.findall("enum"):
                    if enum.get("name") in values:
                        yield enum.get("name"), values[enum.get("name")]


def main():
    found = {}
    for name, value in names_of(xml.etree.ElementTree.parse(sys.argv[1]).getroot()):
        if 0 < value <= LARGEST and name not in LEFT_OUT:
            found.setdefault(value, name)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.writelines(f'{{0x{value:04x}, "{name}"}},\n' for value, name in sorted(found.items()))


if __name__ == "__main__":
    main()
