# SPDX-License-Identifier: MIT
"""xg_roundtrip.h: for each command a function that encodes it and compares what arrives; where its
numbers are, and how long they say that its payloads are, in figures that do not overflow.

The harness (tests/gen/wire/roundtrip.c) has the stream, the patterns and the checks; here are only
the commands' own arguments. The values are random, but the same each time.
"""

import cfile
from classify import C_TYPE, WIDTH

# Arguments that make a size function say something: parameter -> value, by function.
KNOWN = {
    "image": ("GL_RGBA", "GL_UNSIGNED_BYTE", *3 * ("wire_side(wire)",)),
    "indices": ("wire_side(wire)", "GL_UNSIGNED_SHORT"),
    "get": ("GL_VIEWPORT",),
    "tex_parameter": ("GL_TEXTURE_BORDER_COLOR",),
    "vertex_attrib": ("GL_CURRENT_VERTEX_ATTRIB",),
    "program_parameter": ("GL_LINK_STATUS",),
    "clear_buffer": ("GL_COLOR",),
    "one": ("GL_BUFFER_SIZE",),
}


def argument_values(call):
    """The values that sizes depend on: name -> C expression."""
    values = {}
    for f in call.payloads:
        rule = f.payload.rule
        if rule.argument:
            values[rule.argument] = "wire_count(wire)"
        for name, value in zip(rule.arguments, KNOWN.get(rule.function, ())):
            if not name.isdigit():
                values[name] = value
    return values


def value_of(f, known):
    if f.name in known:
        return known[f.name]
    if f.wire == "f32":
        return "0.25f * (float)(int32_t)wire_random(wire)"
    # GLintptr has 32 bits where pointers have; its sign must cross all the same.
    return f"({value_type(f)})wire_random(wire)" + (" % 2" if f.type == "GLboolean" else "")


def value_type(f):
    return C_TYPE[f.wire] if f.object_class or f.type == "uint64_t" else f.type


def octets(f):
    rule = f.payload.rule
    if rule.kind == "fixed":
        return str(rule.factor)
    if rule.kind in ("counted", "text"):
        return f"(size_t){rule.argument} * {rule.factor}"
    if rule.kind == "argument":
        return "24"
    return "wire_string_size(wire)"


def declare(f, known):
    if not f.payload:
        return [f"const {value_type(f)} {f.name} = {value_of(f, known)};"]
    rule = f.payload.rule
    lines = []
    if rule.kind == "sized":
        lines += [f"size_t {f.name}_octets;",
                  f"xg_size_{rule.function}({', '.join(rule.arguments)}, &{f.name}_octets);"]
        if rule.factor != 1:
            lines.append(f"{f.name}_octets *= {rule.factor};")
    else:
        lines.append(f"const size_t {f.name}_octets = {octets(f)};")
    function = "wire_output" if f.payload.is_output else (
        "wire_string" if rule.kind == "string" else "wire_input")
    qualifier = "" if f.payload.is_output else "const "
    lines.append(f"{qualifier}void *{f.name} = {function}(wire, {f.name}_octets);")
    return lines


def encode(call):
    arguments = []
    for f in call.fields:
        arguments.append(f.name)
        if f.payload and f.payload.rule.kind == "argument":
            arguments.append(f"{f.name}_octets")
        if f.payload and f.payload.is_kept:
            arguments += ["NULL", "0"]
    invoke = f"xg_encode_{call.name}({', '.join(['wire_stream(wire)'] + arguments)});"
    if call.result_type == "void":
        return [invoke]
    return [f"wire_expect(wire, {invoke[:-1]} == ({call.result_type})WIRE_RESULT);"]


def roundtrip(call):
    known = argument_values(call)
    values = [f for f in call.fields if not f.payload]
    lines = []
    for f in values + call.payloads:
        lines += declare(f, known)
    lines += [""] + encode(call)
    if values:
        lines.append(f"const struct xg_cmd_{call.name} *c = wire_record(wire, XG_OP_{call.name});")
    else:
        lines.append(f"wire_record(wire, XG_OP_{call.name});")
    lines += [f"wire_expect(wire, c->{f.name} == ({C_TYPE[f.wire]}){f.name});" for f in values]
    for index, f in enumerate(call.payloads):
        check = "wire_check_output" if f.payload.is_output else "wire_check_input"
        lines.append(f"{check}(wire, {index}, {f.name}, {f.name}_octets);")
    lines += [f"wire_check_padding(wire, {at});" for at in call.padding]
    return (f"static void roundtrip_{call.name}(struct wire *wire)\n{{\n"
            + "".join(f"\t{line}\n" if line else "\n" for line in lines) + "}\n")


def exact_octets(f):
    """C text: the octets that the arguments want, WIRE_ANY where they do not say."""
    rule = f.payload.rule
    if rule.kind in ("string", "argument"):
        return "WIRE_ANY"
    if rule.kind == "fixed":
        return str(rule.factor)
    if rule.kind in ("counted", "text"):
        return f"wire_exact(c->{rule.argument}, {rule.factor})"
    arguments = ", ".join(a if a.isdigit() else f"c->{a}" for a in rule.arguments)
    if rule.function in ("image", "indices"):
        return f"wire_exact_{rule.function}({arguments})"
    return f"wire_exact(wire_values(xg_size_{rule.function}, {arguments}), {rule.factor})"


def exact(call):
    """What the command's payloads take, whatever its arguments are."""
    if not call.payloads:
        return ""
    lines = [f"octets[{i}] = {exact_octets(f)};" for i, f in enumerate(call.payloads)]
    if any("c->" in line for line in lines):
        lines = [f"const struct xg_cmd_{call.name} *c = record;", "", *lines]
    return (f"static void exact_{call.name}(const void *record, double *octets)\n{{\n"
            + "".join(f"\t{line}\n" if line else "\n" for line in lines) + "}\n\n")


def entry(call):
    numbers = [f for f in call.fields if f.wire in ("u32", "i32", "u64", "i64")]
    shown = "".join(f"{{{f.offset}, {WIDTH[f.wire]}}}, " for f in numbers)
    sizes = f"exact_{call.name}" if call.payloads else "NULL"
    return (f'\t{{"{call.name}", XG_OP_{call.name}, roundtrip_{call.name}, {sizes},\n'
            f"\t\t{{{shown}{{0, 0}}}}}},\n")


def emit(model):
    out = [roundtrip(call) + "\n" + exact(call) for call in model.wire_calls]
    out.append("static const struct wire_command roundtrips[] = {\n")
    out += [entry(call) for call in model.wire_calls]
    out.append("};\n")
    return {"xg_roundtrip.h": cfile.guarded("xg_roundtrip.h", "Encodes each command once.",
                                            "".join(out))}
