/* SPDX-License-Identifier: MIT */
/* xgReflect: see xenglass/reflect.h for what is answered. */
#include "xenglass/reflect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "names.h"
#include "replay.h"
#include "xg_thunks.h"

enum { NAME_MAX_BYTES = 4096, ELEMENTS_MAX = 1 << 16 };

/* A blob's parts while they grow. */
struct part {
	char *bytes;
	size_t size, capacity;
};

struct blob {
	struct xg_reflect header;
	struct part variables, locations, strings;
};

static void append(struct part *part, const void *bytes, size_t size)
{
	if (part->capacity - part->size < size) {
		part->capacity = 2 * part->capacity + size + 256;
		part->bytes = realloc(part->bytes, part->capacity);
		if (!part->bytes)
			abort();
	}
	if (size)
		memcpy(part->bytes + part->size, bytes, size);
	part->size += size;
}

static uint32_t append_string(struct blob *blob, const char *string, size_t length)
{
	const uint32_t offset = (uint32_t)blob->strings.size;

	append(&blob->strings, string, length);
	append(&blob->strings, "", 1);
	return offset;
}

static uint32_t get_parameter(const struct xg_gl_table *gl, uint32_t program, uint32_t pname)
{
	GLint value = 0;

	gl->glGetProgramiv(program, pname, &value);
	return value > 0 ? (uint32_t)value : 0;
}

static void add_attributes(struct blob *blob, const struct xg_gl_table *gl, uint32_t program)
{
	for (uint32_t i = 0; i < blob->header.attribute_count; i++) {
		struct xg_reflect_variable variable = {0};
		char name[NAME_MAX_BYTES] = "";
		GLsizei length = 0;

		gl->glGetActiveAttrib(
			program, i, sizeof(name), &length, &variable.size, &variable.type, name);
		variable.location = gl->glGetAttribLocation(program, name);
		variable.name = append_string(blob, name, (size_t)length);
		variable.name_length = (uint32_t)length;
		append(&blob->variables, &variable, sizeof(variable));
	}
}

/* The locations of a uniform's elements. name is its name, "[0]" included if it is an array. */
static void add_locations(struct blob *blob, const struct xg_gl_table *gl, uint32_t program,
	const char *name, size_t length, int32_t size)
{
	const bool is_array = length > 3 && strcmp(name + length - 3, "[0]") == 0;
	const int stem = (int)(is_array ? length - 3 : length);

	for (int32_t element = 0; element < size && element < ELEMENTS_MAX; element++) {
		char full[NAME_MAX_BYTES + 16];
		int32_t location;

		if (is_array)
			snprintf(full, sizeof(full), "%.*s[%d]", stem, name, element);
		else
			snprintf(full, sizeof(full), "%s", name);
		location = gl->glGetUniformLocation(program, full);
		append(&blob->locations, &location, sizeof(location));
	}
}

static void add_uniforms(struct blob *blob, const struct xg_gl_table *gl, uint32_t program)
{
	for (uint32_t i = 0; i < blob->header.uniform_count; i++) {
		struct xg_reflect_variable variable = {0};
		char name[NAME_MAX_BYTES] = "";
		GLsizei length = 0;

		gl->glGetActiveUniform(
			program, i, sizeof(name), &length, &variable.size, &variable.type, name);
		variable.locations = (uint32_t)(blob->locations.size / sizeof(int32_t));
		add_locations(blob, gl, program, name, (size_t)length, variable.size);
		memcpy(&variable.location,
			blob->locations.bytes + variable.locations * sizeof(int32_t),
			variable.size > 0 ? sizeof(int32_t) : 0);
		variable.name = append_string(blob, name, (size_t)length);
		variable.name_length = (uint32_t)length;
		append(&blob->variables, &variable, sizeof(variable));
	}
}

static void add_info_log(struct blob *blob, const struct xg_gl_table *gl, uint32_t program)
{
	char *log = calloc(1, (size_t)blob->header.info_log_length + 1);
	GLsizei length = 0;

	if (!log)
		abort();
	gl->glGetProgramInfoLog(program, (GLsizei)blob->header.info_log_length, &length, log);
	blob->header.info_log = append_string(blob, log, (size_t)length);
	free(log);
}

static void fill(struct blob *blob, const struct xg_gl_table *gl, uint32_t program)
{
	struct xg_reflect *header = &blob->header;

	header->link_status = get_parameter(gl, program, GL_LINK_STATUS);
	header->info_log_length = get_parameter(gl, program, GL_INFO_LOG_LENGTH);
	header->attribute_count = get_parameter(gl, program, GL_ACTIVE_ATTRIBUTES);
	header->attribute_max_length = get_parameter(gl, program, GL_ACTIVE_ATTRIBUTE_MAX_LENGTH);
	header->uniform_count = get_parameter(gl, program, GL_ACTIVE_UNIFORMS);
	header->uniform_max_length = get_parameter(gl, program, GL_ACTIVE_UNIFORM_MAX_LENGTH);
	add_info_log(blob, gl, program);
	add_attributes(blob, gl, program);
	add_uniforms(blob, gl, program);
	while (blob->strings.size % 4)
		append(&blob->strings, "", 1);
	header->location_count = (uint32_t)(blob->locations.size / sizeof(int32_t));
	header->strings_size = (uint32_t)blob->strings.size;
	header->size = (uint32_t)(sizeof(*header) + blob->variables.size + blob->locations.size +
				  blob->strings.size);
}

/* Writes the blob if there is room for it, and else its header as far as there is. */
static void write_blob(const struct blob *blob, const struct xg_payload *output)
{
	const size_t head = sizeof(blob->header);
	char *at = output->data;

	if (!at)
		return;
	memcpy(at, &blob->header, output->size < head ? output->size : head);
	if (output->size < blob->header.size)
		return;
	at += head;
	const struct part *parts[] = {&blob->variables, &blob->locations, &blob->strings};
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i]->size)
			memcpy(at, parts[i]->bytes, parts[i]->size);
		at += parts[i]->size;
	}
}

void xg_replay_xgReflect(
	struct xg_replay *r, const struct xg_cmd_xgReflect *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);
	struct blob blob = {0};

	if (!program || !gl->glIsProgram(program)) {
		get_parameter(gl, program, GL_LINK_STATUS);
		return;
	}
	fill(&blob, gl, program);
	write_blob(&blob, &p[0]);
	*xg_replay_result(r) = blob.header.size;
	free(blob.variables.bytes);
	free(blob.locations.bytes);
	free(blob.strings.bytes);
}
