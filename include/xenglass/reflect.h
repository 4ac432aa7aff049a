/* SPDX-License-Identifier: MIT */
/*
 * What xgReflect answers: all that a guest needs to know about a linked program so that locations,
 * active variables and the info log are answered without asking the host again.
 *
 * The blob, little-endian, every part 4-byte aligned:
 *
 *	struct xg_reflect                                        the header
 *	struct xg_reflect_variable [attribute_count]             active attributes, by index
 *	struct xg_reflect_variable [uniform_count]               active uniforms, by index
 *	int32_t                    [location_count]              uniform locations, see below
 *	char                       [strings_size]                NUL-terminated strings
 *
 * The command's result is the whole blob's size. If the capacity that the guest offered is
 * smaller, only as much of the header as fits is written and the guest asks again with more. A
 * size of 0 means that the name is no program; the host has recorded the GL error that the
 * specification demands of glGetProgramiv.
 *
 * A guest reads this from its own host, which it trusts, but it checks the bounds all the same.
 */
#ifndef XENGLASS_REFLECT_H
#define XENGLASS_REFLECT_H

#include <stdint.h>

struct xg_reflect {
	uint32_t size;		       /* bytes, the whole blob */
	uint32_t link_status;	       /* GL_LINK_STATUS, 0 or 1 */
	uint32_t info_log_length;      /* GL_INFO_LOG_LENGTH: with the NUL, 0 if there is none */
	uint32_t info_log;	       /* offset in the strings; "" if there is none */
	uint32_t attribute_count;      /* GL_ACTIVE_ATTRIBUTES */
	uint32_t attribute_max_length; /* GL_ACTIVE_ATTRIBUTE_MAX_LENGTH */
	uint32_t uniform_count;	       /* GL_ACTIVE_UNIFORMS */
	uint32_t uniform_max_length;   /* GL_ACTIVE_UNIFORM_MAX_LENGTH */
	uint32_t location_count;
	uint32_t strings_size; /* bytes, a multiple of 4 */
};

/*
 * An active attribute or uniform as glGetActiveAttrib and glGetActiveUniform give it. An array's
 * name ends in "[0]". An attribute's location is that of its first column; -1 where it has none
 * (built-in variables). A uniform has `size` entries in the location array from `locations` on,
 * one for each element (-1 where the element has none), and `location` repeats the first.
 */
struct xg_reflect_variable {
	uint32_t name;	      /* offset in the strings */
	uint32_t name_length; /* without the NUL */
	uint32_t type;	      /* GL_FLOAT_VEC4, ... */
	int32_t size;	      /* array elements, 1 if it is no array */
	int32_t location;
	uint32_t locations; /* index into the location array; 0 for an attribute */
};

_Static_assert(sizeof(struct xg_reflect) == 40, "the header's layout is ABI");
_Static_assert(sizeof(struct xg_reflect_variable) == 24, "the variable's layout is ABI");

#endif
