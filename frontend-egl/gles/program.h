/* SPDX-License-Identifier: MIT */
/*
 * What a program's last link made of it, as the host told once (xenglass/reflect.h): locations,
 * active variables and the info log are answered from it.
 */
#ifndef XG_GLES_PROGRAM_H
#define XG_GLES_PROGRAM_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "gles/current.h"
#include "xenglass/reflect.h"

/* Counted, because another context may link the program anew. Immutable. */
struct xg_reflection {
	_Atomic uint32_t references;
	const struct xg_reflect *header;
	const struct xg_reflect_variable *attributes;
	const struct xg_reflect_variable *uniforms;
	const int32_t *locations;
	const char *strings;
	uint32_t attribute_mask; /* a bit for each attribute location that the program reads */
	size_t size;
	uint32_t blob[];
};

/*
 * What the host says of a program, with a reference; from the cache where it is there, else a
 * round trip. NULL if the name is no program (the host has then recorded the error) and when the
 * stream is lost.
 */
struct xg_reflection *xg_program_reflect(struct xg_gl gl, uint32_t program);
void xg_reflection_unref(struct xg_reflection *reflection); /* NULL is legal */

/* The program was linked or validated: what is known of it no longer holds. */
void xg_program_forget(struct xg_gl gl, uint32_t program);

/* The same for a program that the caller has; NULL without one. */
struct xg_reflection *xg_program_reflect_object(struct xg_gl gl, struct xg_program *program);

/* The attribute locations that a draw's vertex stage reads; all of them where that is not known. */
uint32_t xg_program_attribs(struct xg_gl gl);

/* PROGRAM_BINARY_LENGTH; the error for a name that is no program is raised. */
void xg_program_binary_length(struct xg_gl gl, uint32_t program, int32_t *length);

#endif
