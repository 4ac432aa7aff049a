/* SPDX-License-Identifier: MIT */
/*
 * How much memory a GL command reads or writes behind its pointers, from its other arguments. The
 * guest's encoders and the host's validator call the same functions, so that both agree.
 *
 * All arguments are untrusted. A function returns false, with size 0, if the arguments name
 * something unknown, and false, with SIZE_MAX, if the size does not fit, as on a 32-bit guest it
 * may not where the host's would. Negative dimensions and counts give true and size 0, as the
 * driver raises its error before it looks at memory. Any thread.
 */
#ifndef XG_SIZE_H
#define XG_SIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Octets of a tightly packed image: rows and slices follow each other without a gap. */
bool xg_size_image(uint32_t format, uint32_t type, int32_t width, int32_t height, int32_t depth,
	size_t *octets);

/* Octets of a compressed image. */
bool xg_size_compressed(
	uint32_t internal_format, int32_t width, int32_t height, int32_t depth, size_t *octets);

/* Octets of count indices of a draw. */
bool xg_size_indices(int32_t count, uint32_t type, size_t *octets);

/*
 * The following count values, not octets, and never fail: what is not listed is one value, as
 * nearly all parameters are.
 *
 * For the lists of formats (GL_COMPRESSED_TEXTURE_FORMATS and its like) the answer is
 * XG_SIZE_FORMATS_MAX: who asks on an application's behalf copies as many as there are.
 */
#define XG_SIZE_FORMATS_MAX 256u

bool xg_size_get(uint32_t pname, size_t *values);
bool xg_size_tex_parameter(uint32_t pname, size_t *values);
bool xg_size_vertex_attrib(uint32_t pname, size_t *values);
bool xg_size_program_parameter(uint32_t pname, size_t *values);
bool xg_size_clear_buffer(uint32_t buffer, size_t *values);

/* Parameters of buffers, framebuffers, renderbuffers, shaders and queries: always one value. */
bool xg_size_one(uint32_t pname, size_t *values);

#endif
