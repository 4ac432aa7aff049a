/* SPDX-License-Identifier: MIT */
/*
 * What a context has used of its share group's buffers and programs, to find it again without the
 * group's lock, and without counting references: each locked operation waits until what was
 * written to the ring has reached the other CPU's cache.
 *
 * A context has one reference to each. Of what was deleted it drops that when it has it bound no
 * more: when it deletes something itself, or has found many things that were new to it. So what is
 * bound needs no reference of its own. All on the thread on which the context is current.
 */
#ifndef XG_GLES_KNOWN_H
#define XG_GLES_KNOWN_H

#include "gles/state.h"

/* What is known of a name below XG_TABLE_LOW; NULL where the longer ways below are to be gone. */
static inline struct xg_buffer *xg_known_low_buffer(const struct xg_gles *gl, uint32_t name)
{
	struct xg_buffer *buffer = xg_table_find_low(&gl->known_buffers.objects, name);

	/* Relaxed: that another thread's deletion comes before this is the application's matter. */
	return buffer && !atomic_load_explicit(&buffer->is_deleted, memory_order_relaxed) ? buffer
											  : NULL;
}

static inline struct xg_program *xg_known_low_program(const struct xg_gles *gl, uint32_t name)
{
	struct xg_program *program = xg_table_find_low(&gl->known_programs.objects, name);

	return program && !atomic_load_explicit(&program->is_deleted, memory_order_relaxed)
		       ? program
		       : NULL;
}

/*
 * The buffer of that name; made, and its name taken, if it does not exist. NULL for name 0 and
 * without memory. It is there until the next call of these functions, and for as long as the
 * context has it bound.
 */
struct xg_buffer *xg_known_buffer(struct xg_gles *gl, uint32_t name);

/* The program of that name, for as long; NULL if there is none, and without memory. */
struct xg_program *xg_known_program(struct xg_gles *gl, uint32_t name);

/* The context has deleted what has that name, and unbound it as GL says. */
void xg_known_delete_buffer(struct xg_gles *gl, uint32_t name);
void xg_known_delete_program(struct xg_gles *gl, uint32_t name);

/* The context ends. */
void xg_known_finish(struct xg_gles *gl);

#endif
