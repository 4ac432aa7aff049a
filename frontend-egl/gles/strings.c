/* SPDX-License-Identifier: MIT */
/* See strings.h. */
#include "gles/strings.h"

#include <GLES3/gl32.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connection.h"
#include "egl/context.h"
#include "gles/query.h"
#include "process.h"
#include "xg_encode.h"
#include "xg_entry.h"

struct xg_strings {
	char *vendor, *renderer, *version, *language;
	int version_number; /* the host's, major * 10 + minor */
	struct xg_extension_list extensions;
	const char **names, **numbered;
	char *names_text, *numbered_text; /* where the names are */
	char *all;
};

void xg_strings_destroy(struct xg_strings *strings)
{
	if (!strings)
		return;
	free(strings->vendor);
	free(strings->renderer);
	free(strings->version);
	free(strings->language);
	free(strings->names);
	free(strings->numbered);
	free(strings->names_text);
	free(strings->numbered_text);
	free(strings->all);
	free(strings);
}

/* The host's string, or a list's names from an index on, to be freed; NULL without one. */
static char *fetch_from(struct xg_gl gl, GLenum name, GLint index)
{
	uint32_t capacity = 1024;

	for (;;) {
		char *string = calloc(1, (size_t)capacity + 1);
		if (!string)
			return NULL;
		uint32_t size = xg_encode_xgGetString(gl.stream, name, index, capacity, string);
		if (size && size <= capacity)
			return string;
		free(string);
		if (!size || size > 1u << 20)
			return NULL;
		capacity = size;
	}
}

static char *fetch(struct xg_gl gl, GLenum name)
{
	return fetch_from(gl, name, -1);
}

/*
 * The host's version with the number of the newest that is carried, if the host's is newer: who
 * reads it calls what that version has. "OpenGL ES 3.2 Mesa" becomes "OpenGL ES 3.0 Mesa". Frees
 * host.
 */
static char *cap_version(struct xg_gl gl, char *host, const char *prefix)
{
	const int carried = xg_gl_carried_version();
	const bool is_language = strstr(prefix, "GLSL") != NULL;

	const size_t prefix_length = strlen(prefix);
	char *capped = NULL;

	if (!host || xg_gl_version(gl) <= carried || strncmp(host, prefix, prefix_length) != 0)
		return host;
	const char *rest = host + prefix_length;
	rest += strspn(rest, "0123456789.");
	/* GLES 2.0 has version 1.00 of its language, the later ones have 3.00, 3.10, 3.20. */
	if (asprintf(&capped, "%s%d.%d%s%s", prefix, is_language && carried < 30 ? 1 : carried / 10,
		    carried % 10, is_language ? "0" : "", rest) < 0)
		capped = NULL;
	free(host);
	return capped;
}

static struct xg_strings *strings(struct xg_gl gl)
{
	if (!gl.state->strings)
		gl.state->strings = calloc(1, sizeof(struct xg_strings));
	return gl.state->strings;
}

static char *fetch_renderer(struct xg_gl gl)
{
	char *host = fetch(gl, GL_RENDERER);
	char *renderer = NULL;

	if (host && asprintf(&renderer, "xenglass (%s)", host) < 0)
		renderer = NULL;
	free(host);
	return renderer;
}

static int compare_name(const void *name, const void *extension)
{
	return strcmp(name, ((const struct xg_gl_extension *)extension)->name);
}

bool xg_gl_extension_is_carried(const char *name, uint32_t ledger_length)
{
	const struct xg_gl_extension *extension = bsearch(name, xg_gl_extensions,
		xg_gl_extension_count, sizeof(*xg_gl_extensions), compare_name);

	return extension && extension->ledger_length <= ledger_length;
}

/* Keeps of the host's list what can be carried, in the host's order: how many names, which point
 * into the list. */
static size_t keep_carried(char *list, const char **names)
{
	const struct xg_connection *connection = xg_process_connection();
	const uint32_t commands = connection ? xg_connection_ledger_length(connection) : 0;
	size_t count = 0;
	char *rest;

	for (char *name = strtok_r(list, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
		if (xg_gl_extension_is_carried(name, commands) && count < xg_gl_extension_count)
			names[count++] = name;
	}
	return count;
}

static void make_extensions(struct xg_gl gl, struct xg_strings *s)
{
	s->names_text = fetch(gl, GL_EXTENSIONS);
	s->names = calloc(xg_gl_extension_count + 1, sizeof(*s->names));
	s->all = calloc(1, (s->names_text ? strlen(s->names_text) : 0) + 2);
	if (!s->names_text || !s->names || !s->all) {
		free(s->names_text);
		free(s->names);
		free(s->all);
		s->names_text = s->all = NULL;
		s->names = NULL;
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return;
	}
	s->extensions.count = keep_carried(s->names_text, s->names);
	char *at = s->all;
	for (size_t i = 0; i < s->extensions.count; i++)
		at = stpcpy(stpcpy(at, s->names[i]), " ");
	s->extensions.names = s->names;
	s->extensions.all = s->all;
}

/* A driver may have another order by number. An older host does not say: then it is the same. */
static const char *const *numbered_names(struct xg_gl gl, struct xg_strings *s)
{
	if (s->numbered || !s->names)
		return s->numbered ? s->numbered : s->names;
	s->numbered_text = fetch_from(gl, GL_EXTENSIONS, 0);
	s->numbered = calloc(xg_gl_extension_count + 1, sizeof(*s->numbered));
	if (s->numbered_text && s->numbered &&
		keep_carried(s->numbered_text, s->numbered) == s->extensions.count)
		return s->numbered;
	free(s->numbered);
	s->numbered = calloc(s->extensions.count + 1, sizeof(*s->numbered));
	if (!s->numbered)
		return s->names;
	memcpy(s->numbered, s->names, s->extensions.count * sizeof(*s->numbered));
	return s->numbered;
}

const struct xg_extension_list *xg_gl_extension_list(struct xg_gl gl)
{
	static const struct xg_extension_list nothing;
	struct xg_strings *s = strings(gl);

	if (!s)
		return &nothing;
	if (!s->names)
		make_extensions(gl, s);
	return &s->extensions;
}

bool xg_gl_has_extension(struct xg_gl gl, const char *name)
{
	const struct xg_extension_list *list = xg_gl_extension_list(gl);

	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->names[i], name) == 0)
			return true;
	}
	return false;
}

int xg_gl_version(struct xg_gl gl)
{
	struct xg_strings *s = strings(gl);
	int major, minor;

	if (!s)
		return 20;
	if (!s->version_number) {
		char *host = fetch(gl, GL_VERSION);
		if (host && sscanf(host, "OpenGL ES %d.%d", &major, &minor) == 2)
			s->version_number = major * 10 + minor;
		free(host);
	}
	return s->version_number ? s->version_number : 20;
}

int xg_gl_carried_version(void)
{
	const struct xg_connection *connection = xg_process_connection();
	const uint32_t commands = connection ? xg_connection_ledger_length(connection) : 0;
	int carried = 20;

	for (size_t i = 0; i < xg_gl_version_count; i++) {
		if (xg_gl_versions[i].ledger_length <= commands)
			carried = xg_gl_versions[i].number;
	}
	return carried;
}

int xg_gl_told_version(struct xg_gl gl)
{
	const int carried = xg_gl_carried_version(), host = xg_gl_version(gl);

	return host < carried ? host : carried;
}

/* Where a string is kept, NULL for one that is not. */
static char **string_of(struct xg_strings *s, GLenum name)
{
	switch (name) {
	case GL_VENDOR:
		return &s->vendor;
	case GL_RENDERER:
		return &s->renderer;
	case GL_VERSION:
		return &s->version;
	case GL_SHADING_LANGUAGE_VERSION:
		return &s->language;
	default:
		return NULL;
	}
}

static char *make_string(struct xg_gl gl, GLenum name)
{
	switch (name) {
	case GL_RENDERER:
		return fetch_renderer(gl);
	case GL_VERSION:
		return cap_version(gl, fetch(gl, name), "OpenGL ES ");
	case GL_SHADING_LANGUAGE_VERSION:
		return cap_version(gl, fetch(gl, name), "OpenGL ES GLSL ES ");
	default:
		return fetch(gl, name);
	}
}

const GLubyte *xg_gl_glGetStringi(GLenum name, GLuint index)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return NULL;
	const struct xg_extension_list *list = xg_gl_extension_list(gl);
	if (name == GL_EXTENSIONS && index < list->count)
		return (const GLubyte *)numbered_names(gl, strings(gl))[index];
	xg_gl_error(gl, name == GL_EXTENSIONS ? GL_INVALID_VALUE : GL_INVALID_ENUM);
	return NULL;
}

const GLubyte *xg_gl_glGetString(GLenum name)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_strings *s = gl.stream ? strings(gl) : NULL;
	char **string = s ? string_of(s, name) : NULL;

	if (!gl.stream)
		return NULL;
	if (name == GL_EXTENSIONS)
		return (const GLubyte *)xg_gl_extension_list(gl)->all;
	if (s && !string) {
		xg_gl_error(gl, GL_INVALID_ENUM);
		return NULL;
	}
	if (string && !*string)
		*string = make_string(gl, name);
	if (!string || !*string)
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
	return string ? (const GLubyte *)*string : NULL;
}
