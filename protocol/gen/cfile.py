# SPDX-License-Identifier: MIT
"""What every generated C file has in common."""


def head(title):
    return ("/* SPDX-License-Identifier: MIT */\n"
            f"/* {title} Generated from the registry: see protocol/README.md. */\n")


def guarded(name, title, body):
    guard = "XG_" + name.upper().replace(".", "_").replace("XG_", "", 1)
    return f"{head(title)}#ifndef {guard}\n#define {guard}\n\n{body}\n#endif\n"


def declare(type_text, name):
    return f"{type_text}{'' if type_text.endswith('*') else ' '}{name}"


def arguments(params):
    return ", ".join(declare(p.type, p.name) for p in params) or "void"


def class_name(object_class):
    return "XG_CLASS_" + object_class.upper().replace(" ", "_")
