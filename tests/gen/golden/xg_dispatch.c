/* SPDX-License-Identifier: MIT */
/* Finds an entry point by its name. Generated from the registry: see protocol/README.md. */
#include "xg_entry.h"

#include <stdlib.h>
#include <string.h>

static const struct entry {
	const char *name;
	void (*function)(void);
} entries[] = {
	{"glBindAttribLocation", (void (*)(void))xg_gl_glBindAttribLocation},
	{"glBindTexture", (void (*)(void))xg_gl_glBindTexture},
	{"glBufferData", (void (*)(void))xg_gl_glBufferData},
	{"glClear", (void (*)(void))xg_gl_glClear},
	{"glCreateShader", (void (*)(void))xg_gl_glCreateShader},
	{"glDeleteTextures", (void (*)(void))xg_gl_glDeleteTextures},
	{"glDrawElements", (void (*)(void))xg_gl_glDrawElements},
	{"glFlush", (void (*)(void))xg_gl_glFlush},
	{"glGenTextures", (void (*)(void))xg_gl_glGenTextures},
	{"glGetShaderInfoLog", (void (*)(void))xg_gl_glGetShaderInfoLog},
	{"glGetString", (void (*)(void))xg_gl_glGetString},
	{"glGetTexParameteriv", (void (*)(void))xg_gl_glGetTexParameteriv},
	{"glIsEnabled", (void (*)(void))xg_gl_glIsEnabled},
	{"glObjectLabelKHR", (void (*)(void))xg_gl_glObjectLabelKHR},
	{"glTexSubImage2D", (void (*)(void))xg_gl_glTexSubImage2D},
	{"glUniform4fv", (void (*)(void))xg_gl_glUniform4fv},
};

static int compare_name(const void *name, const void *entry)
{
	return strcmp(name, ((const struct entry *)entry)->name);
}

void *xg_gl_proc(const char *name)
{
	const size_t count = sizeof(entries) / sizeof(entries[0]);
	const struct entry *found =
		bsearch(name, entries, count, sizeof(entries[0]), compare_name);

	return found ? (void *)found->function : NULL;
}

const char *const xg_gl_extensions[] = {
	"GL_EXT_of_the_future",
	"GL_KHR_debug",
};
const size_t xg_gl_extension_count = sizeof(xg_gl_extensions) / sizeof(xg_gl_extensions[0]);
