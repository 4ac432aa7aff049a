# SPDX-License-Identifier: MIT
"""xg_encode.h: for each command the function that writes it into a stream.

A command without outputs and result costs a few stores. One with them is a synchronous call.
"""

import re

import cfile
from classify import C_TYPE

INTRO = """\
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "size.h"
#include "stream.h"
#include "xg_cmd.h"
#include "xg_opcodes.h"

/*
 * xg_encode_NAME(stream, arguments…): the guest's thread of that stream only. Inputs are copied
 * before it returns. A synchronous one blocks for the host's reply; if the stream is lost, or the
 * driver raised an error, the outputs keep what they held and the result is 0. One that has outputs
 * and no result of its own answers whether they are filled.
 *
 * xg_write_NAME is the same without xg_stream_order, for who has seen that the stream is alone.
 */

/* Octets of count elements; what no size holds, where it has 32 bits, is more than can be sent. */
static inline size_t xg_encode_count(int64_t count, size_t factor)
{
	if (count <= 0)
		return 0;
	return (uint64_t)count > SIZE_MAX / factor ? SIZE_MAX : (size_t)count * factor;
}

/* No answer is longer: an application that has more room for one says less than that. */
#define XG_ENCODE_ANSWER_MAX (16u << 20)

/* As many elements of an output as the host lets an answer have. */
static inline int32_t xg_encode_room(struct xg_stream *stream, int64_t count, size_t factor)
{
	int64_t room = XG_ENCODE_ANSWER_MAX / (int64_t)factor;

	if (count <= 0 || (count < room && xg_encode_count(count, factor) <= XG_INLINE_MAX))
		return (int32_t)count;
	room = count < room ? count : room;
	while (!xg_stream_can_put(stream, xg_encode_count(room, factor)))
		room /= 2;
	return (int32_t)room;
}

/* NULL where there must be something is for the driver to refuse, if it does: zeros travel. */
static inline const void *xg_encode_input(const void *input)
{
	static const uint64_t zeros[XG_INLINE_MAX / 8];

	return input ? input : zeros;
}

"""


def signature(call):
    params = ["struct xg_stream *stream"]
    for f in call.fields:
        params.append(cfile.declare(input_type(call, f), f.name))
        if f.payload and f.payload.rule.kind == "argument":
            params.append(f"size_t {f.name}_size")
        if f.payload and f.payload.is_kept:
            params += [f"const struct xg_patch *{f.name}_patches", f"uint32_t {f.name}_patch_count"]
    return (f"static inline {cfile.declare(result_type(call), 'xg_encode_' + call.name)}"
            f"({', '.join(params)})")


def result_type(call):
    return "bool" if call.reports_success else call.result_type


def nothing(call):
    return "return;" if result_type(call) == "void" else "return 0;"


def input_type(call, f):
    return f"const {f.type}" if f.payload and call.makes == "gen" else f.type


def size_lines(call, f):
    rule, variable = f.payload.rule, f"{f.name}_octets"
    if rule.kind == "fixed":
        return [f"const size_t {variable} = {rule.factor};"]
    if f.payload.used:
        return [f"{rule.argument} = xg_encode_room(stream, {rule.argument}, {rule.factor});",
                f"const size_t {variable} = xg_encode_count({rule.argument}, {rule.factor});"]
    if rule.kind == "counted":
        return [f"const size_t {variable} = xg_encode_count({rule.argument}, {rule.factor});"]
    if rule.kind == "argument":
        return [f"const size_t {variable} = {f.name}_size;"]
    if rule.kind == "string":
        return [f"if (!{f.name})", f"\t{nothing(call)}",
                f"const size_t {variable} = strlen({f.name}) + 1;"]
    if rule.kind == "text":
        return [f"if ({rule.argument} < 0 || !{f.name})",
                f"\t{rule.argument} = {f.name} ? (GLsizei)strlen({f.name}) : 0;",
                f"const size_t {variable} = (size_t){rule.argument};"]
    factor = f" * {rule.factor}" if rule.factor != 1 else ""
    return [f"size_t {variable} = 0;",
            f"xg_size_{rule.function}({', '.join(rule.arguments)}, &{variable});",
            *([f"{variable} *= {rule.factor};"] if factor else [])]


def used_names(call):
    return {f.payload.used for f in call.outputs if f.payload.used}


def refuse_lines(call, f):
    """What the host would never take is GL_OUT_OF_MEMORY; a payload of a fixed size is small."""
    if f.payload.rule.kind == "fixed":
        return []
    octets = f"{f.name}_octets"
    refused = f"!xg_stream_can_put(stream, {octets})"
    if not f.payload.is_output:
        refused = f"{f.name} && {refused}" if f.payload.is_nullable else f"(!{f.name} || {refused})"
    lines = [f"if ({octets} > XG_INLINE_MAX && {refused}) {{"]
    if call.wants_context:
        lines.append("\txg_encode_xgError(stream, GL_OUT_OF_MEMORY);")
    return lines + [f"\t{nothing(call)}", "}"]


def place_lines(call):
    lines = []
    inputs = [f for f in call.payloads if not f.payload.is_output]
    if inputs:
        lines.append("uint32_t inline_octets = 0;")
    if call.outputs:
        lines.append("uint32_t reply_octets = 0;")
    for f in call.payloads:
        octets = f"{f.name}_octets"
        if f.name in used_names(call):
            lines.append(f"{f.payload.element} {f.name}_used = 0;")
            lines.append(f"const size_t {octets} = sizeof({f.name}_used);")
        else:
            lines += size_lines(call, f)
        data = f"const struct xg_data {f.name}_data ="
        if not f.payload.is_output:
            lines += refuse_lines(call, f)
            if not f.payload.is_nullable and f.payload.rule.kind != "string":
                lines.append(f"{f.name} = xg_encode_input({f.name});")
            lines.append(f"{data} xg_stream_put(stream, {f.name}, {octets}, &inline_octets);")
        elif f.name in used_names(call):
            lines.append(f"{data} xg_stream_want(stream, {octets}, &reply_octets);")
        else:
            if not f.payload.used:
                lines += refuse_lines(call, f)
            lines.append(f"{data} {f.name} ? xg_stream_want(stream, {octets}, &reply_octets) : "
                         "(struct xg_data){0, XG_PLACE_NULL};")
            if f.payload.is_kept:
                lines += [f"xg_stream_patch(stream, {f.name}_data, reply_octets, "
                          f"{f.name}_patches, {f.name}_patch_count);"]
    return lines


def store(f):
    if f.payload:
        return f"command->{f.name} = {f.name}_data;"
    return f"command->{f.name} = ({C_TYPE[f.wire]}){f.name};"


# Commands that keep a driver busy: the host is to begin with them while the program goes on.
WORK = re.compile("gl(Draw(?!Buffers)|MultiDraw|Clear(?!Color|Depth|Stencil)|Dispatch|Blit|Copy|"
                  "Generate|Compile|Link)")


def end_of(call):
    if call.is_sync:
        return "xg_stream_ended"
    return "xg_stream_end_work" if WORK.match(call.name) else "xg_stream_end"


def record_lines(call):
    inputs = [f for f in call.payloads if not f.payload.is_output]
    extra = " + inline_octets" if inputs else ""
    flag = "XG_RECORD_REPLY" if call.is_sync else "0"
    lines = [f"const uint32_t octets = (uint32_t)sizeof(struct xg_cmd_{call.name}){extra};",
             f"struct xg_cmd_{call.name} *command = xg_stream_begin(stream, octets);",
             f"command->record = (struct xg_record){{XG_OP_{call.name}, {flag}, octets}};"]
    lines += [store(f) for f in call.fields]
    lines += [f"command->zero_{at} = 0;" for at in call.padding]
    if inputs:
        lines.append("uint8_t *at = (uint8_t *)(command + 1);")
    for f in inputs:
        target = "at = " if f is not inputs[-1] else ""
        lines.append(f"{target}xg_stream_copy(at, {f.name}_data, {f.name});")
    lines.append(f"{end_of(call)}(stream, octets);")
    if call.reshapes == "levels":
        lines.append("if (pname == GL_TEXTURE_BASE_LEVEL || pname == GL_TEXTURE_MAX_LEVEL)")
    if call.reshapes:
        lines.append(f"{chr(9) if call.reshapes == 'levels' else ''}xg_stream_reshape(stream);")
    return lines


def take_lines(call):
    lines = []
    for f in call.outputs:
        if f.name in used_names(call):
            used = f"{f.name}_used"
            lines.append(f"xg_stream_take(stream, {f.name}_data, &{used}, sizeof({used}));")
            lines.append(f"if ({f.name})")
            lines.append(f"\t*{f.name} = {used};")
            continue
        octets = f"{f.name}_octets"
        if f.payload.used:
            nul = " + 1" if f.payload.element == "GLchar" else ""
            count = f"(int64_t){f.payload.used}_used{nul}"
            lines.append(f"const size_t {f.name}_filled = "
                         f"xg_encode_count({count}, {f.payload.element_size});")
            octets = f"{f.name}_filled < {octets} ? {f.name}_filled : {octets}"
        lines.append(f"xg_stream_take(stream, {f.name}_data, {f.name}, {octets});")
    return lines


def reply_lines(call):
    if not call.is_sync:
        return ["xg_stream_flush(stream);"] if call.flushes else []
    back = nothing(call)
    lines = ["uint64_t result = 0;", "if (!xg_stream_call(stream, &result))", f"\t{back}"]
    if call.reports_success:
        lines += ["if (!result)", f"\t{back}"]
    lines += take_lines(call)
    kind = result_type(call)
    return lines + ([f"return ({kind})result;"] if kind != "void" else [])


def function(head, lines):
    return head + "\n{\n" + "".join(f"\t{line}\n" for line in lines) + "}\n"


def encoder(call):
    rest = place_lines(call) + record_lines(call) + reply_lines(call)
    if not call.is_ordered:
        return function(signature(call), rest)
    if call.payloads or call.is_sync:
        return function(signature(call), ["xg_stream_order(stream);"] + rest)
    names = ", ".join(["stream"] + [f.name for f in call.fields])
    writer = signature(call).replace("xg_encode_", "xg_write_", 1)
    return (function(writer, rest) + "\n" +
            function(signature(call), ["xg_stream_order(stream);",
                                       f"xg_write_{call.name}({names});"]))


def emit(model):
    # xgError first: the others send it.
    calls = sorted(model.wire_calls, key=lambda call: call.name != "xgError")
    body = INTRO + "\n".join(encoder(call) for call in calls)
    return {"xg_encode.h": cfile.guarded("xg_encode.h", "Writes each command into a stream.", body)}
