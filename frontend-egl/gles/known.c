/* SPDX-License-Identifier: MIT */
/* See known.h. */
#include "gles/known.h"

#include <stdlib.h>

/* What differs between buffers and programs. */
struct kind {
	uint32_t sweep_min; /* so many are there before it is looked for those to drop */
	bool (*is_deleted)(const void *object);
	bool (*is_bound)(const struct xg_gles *gl, const void *object);
	void (*unref)(void *object);
};

static bool is_buffer_deleted(const void *object)
{
	return atomic_load_explicit(
		&((const struct xg_buffer *)object)->is_deleted, memory_order_relaxed);
}

static bool is_program_deleted(const void *object)
{
	return atomic_load_explicit(
		&((const struct xg_program *)object)->is_deleted, memory_order_relaxed);
}

static bool is_buffer_bound(const struct xg_gles *gl, const void *object)
{
	void **next;

	for (size_t i = 0; i < XG_BUFFER_TARGETS; i++) {
		if (gl->buffers[i] == object)
			return true;
	}
	for (uint32_t at = 0; (next = xg_table_next(&gl->vertex_arrays, &at));) {
		if (((const struct xg_vertex_array *)*next)->elements == object)
			return true;
	}
	return gl->default_array.elements == object;
}

static bool is_program_bound(const struct xg_gles *gl, const void *object)
{
	return gl->program == object;
}

static void unref_buffer(void *object)
{
	xg_buffer_unref(object);
}

static void unref_program(void *object)
{
	xg_program_unref(object);
}

/* Programs are deleted while they are in use, and what is known of one is large. */
static const struct kind buffers = {64, is_buffer_deleted, is_buffer_bound, unref_buffer};
static const struct kind programs = {2, is_program_deleted, is_program_bound, unref_program};

/* True if the object is no longer to be kept: the reference to it is dropped. */
static bool drop(const struct xg_gles *gl, const struct kind *kind, void *object)
{
	if (!kind->is_deleted(object) || kind->is_bound(gl, object))
		return false;
	kind->unref(object);
	return true;
}

static void sweep(const struct xg_gles *gl, const struct kind *kind, struct xg_known *known)
{
	uint32_t left = 0, kept = 0;
	void **next;

	for (uint32_t at = 0; (next = xg_table_next(&known->objects, &at));) {
		if (drop(gl, kind, *next))
			*next = NULL;
		left += *next != NULL;
	}
	for (uint32_t i = 0; i < known->nameless_count; i++) {
		if (!drop(gl, kind, known->nameless[i]))
			known->nameless[kept++] = known->nameless[i];
	}
	known->nameless_count = kept;
	known->count = left;
	known->sweep_at = left < kind->sweep_min / 2 ? kind->sweep_min : 2 * left;
}

/* What had the name before is kept without it if it is bound. False without memory. */
static bool clear_name(
	const struct xg_gles *gl, const struct kind *kind, struct xg_known *known, uint32_t name)
{
	void *old = xg_table_remove(&known->objects, name);

	if (!old)
		return true;
	known->count--;
	if (drop(gl, kind, old))
		return true;

	void **larger =
		realloc(known->nameless, (known->nameless_count + 1) * sizeof(*known->nameless));

	if (!larger) {
		/* The entry that was just removed takes it again. */
		xg_table_add(&known->objects, name, old);
		known->count++;
		return false;
	}
	known->nameless = larger;
	known->nameless[known->nameless_count++] = old;
	return true;
}

/* Keeps an object, with the caller's reference, under a name. False, and that dropped, without
 * memory. */
static bool add(const struct xg_gles *gl, const struct kind *kind, struct xg_known *known,
	uint32_t name, void *object)
{
	if (known->count >= known->sweep_at)
		sweep(gl, kind, known);
	if (clear_name(gl, kind, known, name) && xg_table_add(&known->objects, name, object)) {
		known->count++;
		return true;
	}
	kind->unref(object);
	return false;
}

struct xg_buffer *xg_known_buffer(struct xg_gles *gl, uint32_t name)
{
	struct xg_buffer *buffer = xg_table_find(&gl->known_buffers.objects, name);

	if (buffer && !is_buffer_deleted(buffer))
		return buffer;
	buffer = xg_share_buffer(gl->share, name);
	if (!buffer || !add(gl, &buffers, &gl->known_buffers, name, buffer))
		return NULL;
	xg_namer_take(&gl->share->buffer_names, name);
	return buffer;
}

struct xg_program *xg_known_program(struct xg_gles *gl, uint32_t name)
{
	struct xg_program *program = xg_table_find(&gl->known_programs.objects, name);

	if (program && !is_program_deleted(program))
		return program;
	program = name ? xg_share_find_program(gl->share, name) : NULL;
	return program && add(gl, &programs, &gl->known_programs, name, program) ? program : NULL;
}

static void delete_one(
	const struct xg_gles *gl, const struct kind *kind, struct xg_known *known, uint32_t name)
{
	void *object = xg_table_find(&known->objects, name);

	if (!object || !drop(gl, kind, object))
		return;
	xg_table_remove(&known->objects, name);
	known->count--;
}

/* Looking through all arrays is left for when there is more to be found. */
void xg_known_delete_buffer(struct xg_gles *gl, uint32_t name)
{
	if (!xg_table_was_used(&gl->vertex_arrays))
		delete_one(gl, &buffers, &gl->known_buffers, name);
}

void xg_known_delete_program(struct xg_gles *gl, uint32_t name)
{
	delete_one(gl, &programs, &gl->known_programs, name);
}

static void finish(const struct kind *kind, struct xg_known *known)
{
	void *object;

	while ((object = xg_table_pop(&known->objects)))
		kind->unref(object);
	for (uint32_t i = 0; i < known->nameless_count; i++)
		kind->unref(known->nameless[i]);
	xg_table_finish(&known->objects);
	free(known->nameless);
}

void xg_known_finish(struct xg_gles *gl)
{
	finish(&buffers, &gl->known_buffers);
	finish(&programs, &gl->known_programs);
}
