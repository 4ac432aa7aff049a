/* SPDX-License-Identifier: MIT */
/*
 * The bindings that the guest keeps: buffers, framebuffers and the vertex array. All on the thread
 * on which the context is current.
 */
#ifndef XG_GLES_BINDINGS_H
#define XG_GLES_BINDINGS_H

#include <stdint.h>

#include "gles/state.h"

/* The one below for targets that are seldom asked for. */
struct xg_buffer **xg_gl_other_binding(struct xg_gles *gl, uint32_t target);

/*
 * Who binds part after part of a buffer for uniforms seldom asks which buffer that is, so that it
 * is looked for when somebody does, and before the name could lead to another one.
 */
void xg_gl_find_uniform_buffer(struct xg_gles *gl);

/* Whether a buffer has that name, or may be made with it: it was generated, or bound. */
bool xg_gl_is_buffer_name(struct xg_gles *gl, uint32_t name);

/* Where the buffer bound to a GL target is kept; NULL for a target that is not kept. */
static inline struct xg_buffer **xg_gl_binding(struct xg_gles *gl, uint32_t target)
{
	if (target == 0x8892 /* GL_ARRAY_BUFFER */)
		return &gl->buffers[XG_BUFFER_ARRAY];
	if (target == 0x8893 /* GL_ELEMENT_ARRAY_BUFFER */)
		return &gl->array->elements;
	return xg_gl_other_binding(gl, target);
}

/* The buffer of that name was deleted: the context's bindings to it become 0. */
void xg_gl_unbind_buffer(struct xg_gles *gl, uint32_t name);

/* A buffer, or 0, is now where attributes of the array that use the binding take their vertices. */
void xg_vertex_bind_buffer(struct xg_vertex_array *array, uint32_t binding, uint32_t name);

/* The framebuffer of that name was deleted; it is bound no more. */
void xg_gl_forget_framebuffer(struct xg_gles *gl, uint32_t name);

/* The vertex array of that name was deleted; if it was bound, the default one now is. */
void xg_gl_forget_vertex_array(struct xg_gles *gl, uint32_t name);

#endif
