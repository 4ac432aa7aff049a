/* SPDX-License-Identifier: MIT */
/* Loads the host driver's functions. Generated from the registry: see protocol/README.md. */
#include "xg_gl_table.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *name;
	size_t offset;
	bool is_core;
} functions[] = {
	{"glBindAttribLocation", offsetof(struct xg_gl_table, glBindAttribLocation), true},
	{"glBindTexture", offsetof(struct xg_gl_table, glBindTexture), true},
	{"glBufferData", offsetof(struct xg_gl_table, glBufferData), true},
	{"glClear", offsetof(struct xg_gl_table, glClear), true},
	{"glCreateShader", offsetof(struct xg_gl_table, glCreateShader), true},
	{"glDeleteTextures", offsetof(struct xg_gl_table, glDeleteTextures), true},
	{"glDrawElements", offsetof(struct xg_gl_table, glDrawElements), true},
	{"glFlush", offsetof(struct xg_gl_table, glFlush), true},
	{"glGenTextures", offsetof(struct xg_gl_table, glGenTextures), true},
	{"glGetShaderInfoLog", offsetof(struct xg_gl_table, glGetShaderInfoLog), true},
	{"glGetString", offsetof(struct xg_gl_table, glGetString), true},
	{"glGetTexParameteriv", offsetof(struct xg_gl_table, glGetTexParameteriv), true},
	{"glIsEnabled", offsetof(struct xg_gl_table, glIsEnabled), true},
	{"glTexSubImage2D", offsetof(struct xg_gl_table, glTexSubImage2D), true},
	{"glUniform4fv", offsetof(struct xg_gl_table, glUniform4fv), true},
	{"glObjectLabelKHR", offsetof(struct xg_gl_table, glObjectLabelKHR), false},
};

bool xg_gl_table_load(
	struct xg_gl_table *table, void *(*get_proc)(const char *name), const char **missing)
{
	bool is_whole = true;

	*missing = NULL;
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		void *function = get_proc(functions[i].name);

		memcpy((char *)table + functions[i].offset, &function, sizeof(function));
		if (!function && functions[i].is_core && is_whole) {
			*missing = functions[i].name;
			is_whole = false;
		}
	}
	return is_whole;
}
