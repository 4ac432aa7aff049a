#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the parity case "broken_enums": every command that is carried, with one enum broken.

usage: gen_enums.py --registry gl.xml --protocol DIR --output FILE.c

Whatever takes an enum or a bit field is called with one of them wrong in several ways, and the rest
as good as the registry's groups say. What comes out, the error above all, must be as on the host's
driver; and at the end all state is as if nothing had been called.
"""
import argparse
import pathlib
import sys
import xml.etree.ElementTree

HEAD = """\
/* Written by gen_enums.py: commands with one enum that is broken. */
#include "enums.h"

"""
# One that is no enum, one that is another's, and one that is no int.
BROKEN = {"GLenum": ("0xbad0", "GL_BLEND", "0xffffffff"), "GLbitfield": ("0x80000000", "0xffffffff"),
          "GLint": ("0xbad0",)}  # fmt: skip
# Mesa leaves there what it never set.
LEFT_OUT = {("glGetTexLevelParameterfv", "pname")}
VALUES = {"GLboolean": "GL_TRUE", "GLfloat": "0.5f", "GLsizei": "1", "GLsync": "enums_objects.sync",
          "GLDEBUGPROC": "NULL", "GLDEBUGPROCKHR": "NULL"}  # fmt: skip


class Registry:
    """What the generator of the protocol does not read: groups."""

    def __init__(self, path, versions):
        self.root = xml.etree.ElementTree.parse(path).getroot()
        features = [self.root.find(f"feature[@name='{name}']") for name in versions]
        enums = {e.get("name") for feature in features for e in feature.findall("require/enum")}
        self.groups = {}
        for enum in self.root.findall("enums/enum"):
            for group in (enum.get("group") or "").split(","):
                if enum.get("name") in enums:
                    self.groups.setdefault(group, []).append(enum.get("name"))
        self.commands = {e.find("proto/name").text: e
                         for e in self.root.findall("commands/command")}  # fmt: skip
        self.core = [c.get("name") for feature in features
                     for c in feature.findall("require/command")]  # fmt: skip

    def of_extension(self, name):
        extension = self.root.find(f"extensions/extension[@name='{name}']")
        for require in extension.findall("require") if extension is not None else ():
            if require.get("api") in (None, "gles2"):
                yield from (c.get("name") for c in require.findall("command"))


class Parameter:
    def __init__(self, element):
        self.name = element.find("name").text
        self.text = " ".join("".join(element.itertext())[: -len(self.name)].split())
        self.type = element.find("ptype").text if element.find("ptype") is not None else "void"
        self.pointers = self.text.count("*")
        self.group = element.get("group")
        self.object_class = element.get("class")

    def is_enum(self):
        is_number = self.type == "GLint" and self.group not in (None, "CheckedInt32")
        return not self.pointers and (self.type in ("GLenum", "GLbitfield") or is_number)

    def value(self, registry):
        """Something that might be right."""
        if self.pointers:
            return "enums_strings" if self.pointers > 1 else "enums_memory"
        if self.object_class:
            return f"enums_objects.{self.object_class.replace(' ', '_')}"
        if self.is_enum():
            return next(iter(registry.groups.get(self.group, ())), "0")
        return VALUES.get(self.type, "0")


def calls(registry, name):
    """C text of each broken call of a command."""
    element = registry.commands[name]
    parameters = [Parameter(p) for p in element.findall("param")]
    result = " ".join("".join(element.find("proto").itertext()).split()[:-1])
    good = [p.value(registry) for p in parameters]
    lines = []
    for i, parameter in enumerate(parameters):
        is_broken = parameter.is_enum() and (name, parameter.name) not in LEFT_OUT
        for broken in BROKEN[parameter.type] if is_broken else ():
            values = ", ".join((*good[:i], f"({parameter.type}){broken}", *good[i + 1 :]))
            macro = {"void": "TRY"}.get(result, "TRY_POINTER" if "*" in result else "TRY_RESULT")
            lines.append(f'\t{macro}("{name}", "{parameter.name} {broken}", {name}({values}));\n')
    return lines


def function(registry, name, names, extension=None):
    body = []
    for command in dict.fromkeys(names):
        lines = calls(registry, command)
        if lines and extension:
            body.append(f"\tPROC(PFN{command.upper()}PROC, {command});\n\n")
        body += lines
    guard = [f'\tif (!has_extension("{extension}"))\n\t\treturn;\n'] if extension else []
    return (f"static void {name}(void)\n{{\n" + "".join(guard + body) + "}\n\n") if body else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("registry", "protocol", "output"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.protocol / "gen"))
    import main as generator  # pylint: disable=import-outside-toplevel
    import rows  # pylint: disable=import-outside-toplevel

    registry = Registry(arguments.registry, generator.VERSIONS)
    extensions = rows.load_extensions(str(arguments.protocol / "extensions.txt"))
    parts = {"core": function(registry, "core", registry.core)}
    for extension in extensions:
        name = extension.name.lower()
        text = function(registry, name, registry.of_extension(extension.name), extension.name)
        if text:
            parts[name] = text
    body = "".join(f"\t{name}();\n" for name in parts)
    arguments.output.write_text(
        HEAD + "".join(parts.values()) +
        f"XG_CASE_ES3(broken_enums)\n{{\n\tenums_begin();\n{body}\tenums_end();\n}}\n")


if __name__ == "__main__":
    main()
