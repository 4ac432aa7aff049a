# SPDX-License-Identifier: MIT
"""xg_gl_table.h and .c: the host driver's functions. xg_thunks.h and .c: one replay per command."""

import cfile
from classify import OCTET_FUNCTIONS

TABLE_INTRO = """\
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdbool.h>

"""

TABLE_TAIL = """
/*
 * Fills the table from the driver. Functions of extensions that it does not have become NULL (or
 * whatever get_proc gives for them). False if one of GLES 2.0 is missing; the table is then not
 * to be used. missing gets the first missing name, or NULL.
 */
bool xg_gl_table_load(
	struct xg_gl_table *table, void *(*get_proc)(const char *name), const char **missing);
"""

LOAD = """\
bool xg_gl_table_load(
	struct xg_gl_table *table, void *(*get_proc)(const char *name), const char **missing)
{
	bool is_whole = true;

	*missing = NULL;
	memset(table, 0, sizeof(*table));
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		void *function;

		memcpy(&function, (char *)table + functions[i].offset, sizeof(function));
		if (function)
			continue; /* by another name of it */
		function = get_proc(functions[i].name);
		memcpy((char *)table + functions[i].offset, &function, sizeof(function));
		if (!function && functions[i].is_core && is_whole) {
			*missing = functions[i].name;
			is_whole = false;
		}
	}
	return is_whole;
}
"""

THUNKS_HEADER = """\
#include <stdbool.h>
#include <stddef.h>

#include "xg_cmd.h"
#include "xg_gl_table.h"
#include "xg_opcodes.h"

struct xg_replay;

/*
 * A pointer argument: inputs are the checked octets, outputs where to write. data is NULL where
 * the guest gave NULL, which only nullable arguments can be, and where there are no octets. Where
 * the arguments do not say a size (an unknown format), is_known is false and data NULL: the driver
 * raises its own error.
 */
struct xg_payload {
	void *data;
	size_t size;
	bool is_known;
};

#define XG_PAYLOAD_SCRATCH 4096

/* Replays one validated command. command is private memory; payloads has the descriptor's number
 * of elements. NULL for opcodes that never reach a thunk. */
typedef void xg_thunk(
	struct xg_replay *r, const void *command, const struct xg_payload *payloads);
extern xg_thunk *const xg_thunks[XG_OPCODE_LAST + 1];

/*
 * Asks the driver for an error. True if there was one; the first is kept for the guest's
 * glGetError. The replay thread with a current context.
 */
bool xg_replay_collect_error(struct xg_replay *r);

/*
 * Written by hand: commands that are more than one call of the driver. Where the command has
 * outputs and no result of its own, the thunk asks for errors before and after, and sets the
 * result.
 */
"""

HELPERS = """\
/* A driver wrote to a scratch; the guest gets as much as it has room for. */
static void copy_out(const struct xg_payload *output, const void *scratch)
{
	memcpy(output->data, scratch,
		output->size < XG_PAYLOAD_SCRATCH ? output->size : XG_PAYLOAD_SCRATCH);
}

"""


def table_type(call):
    name = call.command.name.upper()
    return f"PFN{name}PROC"


def emit_table(model):
    calls = [call for call in model.calls if call.name.startswith("gl")]
    body = TABLE_INTRO + "struct xg_gl_table {\n"
    body += "".join(f"\t{table_type(call)} {call.name};\n" for call in calls)
    body += "};\n" + TABLE_TAIL
    source = [cfile.head("Loads the host driver's functions."),
              '#include "xg_gl_table.h"\n\n#include <stddef.h>\n#include <string.h>\n\n',
              "static const struct {\n\tconst char *name;\n\tsize_t offset;\n\tbool is_core;\n}"
              " functions[] = {\n"]
    source += [f'\t{{"{name}", offsetof(struct xg_gl_table, {call.name}), '
               f"{'true' if call.is_core else 'false'}}},\n"
               for call in calls for name in (*call.aliases, call.name)]
    source += ["};\n\n", LOAD]
    return {"xg_gl_table.h": cfile.guarded("xg_gl_table.h", "The host driver's functions.", body),
            "xg_gl_table.c": "".join(source)}


def class_of(f):
    return cfile.class_name(f.object_class)


def is_bind(call, f):
    return call.name.startswith("glBind") and f is call.fields[-1] and f.object_class in (
        "buffer", "texture", "renderbuffer", "framebuffer")


def plural(object_class):
    return "".join(word.capitalize() for word in object_class.split()) + "s"


def through_scratch(f):
    """Parameters by pname: a driver may know a longer one than size.c does."""
    rule = f.payload.rule if f.payload else None
    return rule and rule.kind == "sized" and rule.function not in OCTET_FUNCTIONS


def argument(call, f):
    if through_scratch(f):
        return "(void *)scratch"
    if f.payload:
        return f"p[{call.payloads.index(f)}].data"
    if is_bind(call, f):
        gen = f"xg_replay_gl(r)->glGen{plural(f.object_class)}"
        return f"xg_names_bind(r, {class_of(f)}, c->{f.name}, {gen})"
    if f.object_class:
        return f"xg_names_find(xg_replay_names(r), {class_of(f)}, c->{f.name})"
    if f.type == "GLboolean":
        return f"c->{f.name} != 0"
    if f.wire == "u64" and f.param and f.param.pointers:
        return f"(const void *)(uintptr_t)c->{f.name}"
    return f"c->{f.name}"


NAMES = "(uint32_t)(p[0].size / 4), p[0].data"


def count_lines(f):
    """The driver never sees the guest's count of names, so that its error is raised here."""
    return [f"if (c->{f.payload.rule.argument} < 0)", "\txg_replay_error(r, GL_INVALID_VALUE);"]


def name_lines(call):
    """Commands that make or unmake names; None for the others."""
    function = f"xg_replay_gl(r)->{call.name}"
    if call.makes == "gen":
        f = call.payloads[0]
        return [*count_lines(f), f"xg_names_gen(r, {class_of(f)}, {NAMES}, {function});"]
    if call.makes == "create":
        f = call.fields[-1]
        arguments = ", ".join(argument(call, g) for g in call.fields[:-1])
        return [f"if (xg_names_may_add(r, {class_of(f)}, c->name))",
                f"\txg_names_add(r, {class_of(f)}, c->name, {function}({arguments}));"]
    if call.name.startswith("glDelete"):
        f = next(f for f in call.fields if f.object_class)
        if f.payload:
            return [*count_lines(f),
                    f"xg_names_delete(r, {class_of(f)}, {NAMES}, {function});"]
        return [f"xg_names_remove(r, {class_of(f)}, c->{f.name}, {function});"]
    return None


def driver_line(call):
    arguments = ", ".join(argument(call, f) for f in call.fields)
    invoke = f"xg_replay_gl(r)->{call.name}({arguments});"
    return invoke if call.result_type == "void" else f"*xg_replay_result(r) = (uint64_t){invoke}"


def scratch_lines(call):
    """What stands before and after a call that goes through a scratch."""
    f = next((f for f in call.payloads if through_scratch(f)), None)
    if not f or call.host == "custom":
        return [], [], []
    data = f"p[{call.payloads.index(f)}]"
    declaration = ["uint64_t scratch[XG_PAYLOAD_SCRATCH / 8] = {0};"]
    if f.payload.is_output:
        return declaration, [], [f"copy_out(&{data}, scratch);"]
    return declaration, [f"memcpy(scratch, {data}.data, {data}.size);"], []


def guard_lines(call):
    """The driver may lack a function of an extension, or of a later version."""
    if call.is_core or not call.name.startswith("gl"):
        return []
    return [f"if (!xg_replay_gl(r)->{call.name}) {{",
            "\txg_replay_error(r, GL_INVALID_OPERATION);", "\treturn;", "}"]


def thunk(call):
    declarations, before, after = scratch_lines(call)
    if call.host == "custom":
        body = [f"xg_replay_{call.name}(r, command, p);"]
    else:
        body = name_lines(call) or [driver_line(call)]
    if call.reports_success:
        before.append("xg_replay_collect_error(r);")
        after.insert(0, "*xg_replay_result(r) = !xg_replay_collect_error(r);")
    body = guard_lines(call) + before + body + after
    if any("c->" in line for line in body):
        declarations.insert(0, f"const struct xg_cmd_{call.name} *c = command;")
    lines = declarations + ([""] if declarations else []) + body
    return (f"static void {call.name}_thunk(struct xg_replay *r, const void *command, "
            "const struct xg_payload *p)\n{\n"
            + "".join(f"\t{line}\n" if line else "\n" for line in lines) + "}\n")


def emit_thunks(model):
    calls = model.wire_calls
    header = THUNKS_HEADER + "".join(
        f"void xg_replay_{call.name}(struct xg_replay *r, const struct xg_cmd_{call.name} *c,\n"
        "\tconst struct xg_payload *p);\n" for call in calls if call.host == "custom")
    source = [cfile.head("Replays each command."),
              '#include "xg_thunks.h"\n\n#include <string.h>\n\n',
              '#include "names.h"\n#include "replay.h"\n\n']
    source.append(HELPERS)
    source += [thunk(call) + "\n" for call in calls]
    source.append("xg_thunk *const xg_thunks[XG_OPCODE_LAST + 1] = {\n")
    source += [f"\t[XG_OP_{call.name}] = {call.name}_thunk,\n" for call in calls]
    source.append("};\n")
    return {"xg_thunks.h": cfile.guarded("xg_thunks.h", "Replays each command.", header),
            "xg_thunks.c": "".join(source)}


def emit(model):
    return {**emit_table(model), **emit_thunks(model)}
