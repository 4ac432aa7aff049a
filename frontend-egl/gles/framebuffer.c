/* SPDX-License-Identifier: MIT */
/*
 * Whether a framebuffer is complete: programs ask in each frame, and nothing else in one has to
 * wait. So an answer of the host's holds as long as it is certain that it would say the same.
 *
 * Followed is what programs do in each frame: to attach a texture's first image, or a renderbuffer,
 * where the driver is sure to take it. All else that can matter, in whichever context and thread,
 * is counted (xg_stream_reshape, the rows of calls.toml), and with it ends what is known. An
 * attachment is known by its name and by that count as it was attached: two of the same name
 * between which the object was deleted and made anew are two. Which of them are drawn to and read
 * from does not matter (GLES 3.2, section 9.4.2).
 *
 * Only that a framebuffer is complete is kept. What was attached to an incomplete one may have been
 * refused; a complete one's exists.
 */
#include <GLES3/gl32.h>
#include <stdlib.h>
#include <string.h>

#include "gles/bindings.h"
#include "gles/current.h"
#include "stream.h"
#include "xg_encode.h"
#include "xg_entry.h"

enum {
	POINTS = 3, /* of attachment: the first colour, depth, stencil */
	KEPT = 4,   /* of a framebuffer: programs that show textures by turns have two or three */
	NAME_BITS = 20,
	KIND_BITS = 2,
};
_Static_assert(XG_GLES_NAME_LIMIT == 1 << NAME_BITS, "a name fits");

/* What is attached at each point, as far as that is followed: 0 for nothing since it was made. */
struct attachments {
	uint64_t points[POINTS];
};

struct xg_framebuffer {
	struct attachments attached;
	struct {
		struct attachments attached;
		uint64_t reshapes;
		bool is_complete;
	} kept[KEPT];
	uint32_t next; /* to be forgotten */
};

/* The one that is bound to GL_FRAMEBUFFER. NULL for that of the surface, and without memory. */
static struct xg_framebuffer *bound(struct xg_gl gl)
{
	const uint32_t name = gl.state->track.draw_framebuffer;
	struct xg_framebuffer *framebuffer;

	if (!name)
		return NULL;
	framebuffer = xg_table_find(&gl.state->framebuffers, name);
	if (framebuffer)
		return framebuffer;
	framebuffer = calloc(1, sizeof(*framebuffer));
	if (framebuffer && !xg_table_add(&gl.state->framebuffers, name, framebuffer)) {
		free(framebuffer);
		return NULL;
	}
	return framebuffer;
}

void xg_gl_forget_framebuffer(struct xg_gles *gl, uint32_t name)
{
	xg_track_delete_framebuffer(&gl->track, name);
	if (name)
		free(xg_table_remove(&gl->framebuffers, name));
}

/* Where what is attached is kept; NULL for a point that is not followed. */
static uint64_t *point_of(struct xg_framebuffer *framebuffer, GLenum attachment)
{
	switch (attachment) {
	case GL_COLOR_ATTACHMENT0:
		return &framebuffer->attached.points[0];
	case GL_DEPTH_ATTACHMENT:
		return &framebuffer->attached.points[1];
	case GL_STENCIL_ATTACHMENT:
		return &framebuffer->attached.points[2];
	default:
		return NULL;
	}
}

/* An object was attached, of kind 1 or 2; is_sure: the driver has it, and takes it. */
static void attach(
	struct xg_gl gl, GLenum target, GLenum attachment, uint32_t kind, GLuint name, bool is_sure)
{
	struct xg_framebuffer *framebuffer = target == GL_FRAMEBUFFER ? bound(gl) : NULL;
	uint64_t *point = framebuffer ? point_of(framebuffer, attachment) : NULL;

	if (point && is_sure)
		*point = xg_stream_reshapes(gl.stream) << (NAME_BITS + KIND_BITS) |
			 kind << NAME_BITS | name;
	else
		xg_stream_reshape(gl.stream);
}

void xg_gl_glFramebufferTexture2D(
	GLenum target, GLenum attachment, GLenum textarget, GLuint texture, GLint level)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glFramebufferTexture2D(gl.stream, target, attachment, textarget, texture, level);
	attach(gl, target, attachment, 1, texture,
		textarget == GL_TEXTURE_2D && level == 0 && texture < XG_GLES_NAME_LIMIT &&
			(!texture || xg_share_has_target(gl.state->share, texture, XG_TRACK_2D)));
}

/* Which renderbuffers there are is not known: but it is counted when one is bound. */
void xg_gl_glFramebufferRenderbuffer(
	GLenum target, GLenum attachment, GLenum renderbuffer_target, GLuint renderbuffer)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glFramebufferRenderbuffer(
		gl.stream, target, attachment, renderbuffer_target, renderbuffer);
	attach(gl, target, attachment, 2, renderbuffer,
		renderbuffer_target == GL_RENDERBUFFER && renderbuffer < XG_GLES_NAME_LIMIT);
}

static bool is_known(const struct xg_framebuffer *framebuffer, uint64_t reshapes)
{
	for (int i = 0; i < KEPT; i++) {
		if (framebuffer->kept[i].is_complete && framebuffer->kept[i].reshapes == reshapes &&
			memcmp(&framebuffer->kept[i].attached, &framebuffer->attached,
				sizeof(framebuffer->attached)) == 0)
			return true;
	}
	return false;
}

static void keep(struct xg_framebuffer *framebuffer, uint64_t reshapes)
{
	const uint32_t at = framebuffer->next++ % KEPT;

	framebuffer->kept[at].attached = framebuffer->attached;
	framebuffer->kept[at].reshapes = reshapes;
	framebuffer->kept[at].is_complete = true;
}

GLenum xg_gl_glCheckFramebufferStatus(GLenum target)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_framebuffer *framebuffer;

	if (!gl.stream)
		return 0;
	framebuffer = target == GL_FRAMEBUFFER ? bound(gl) : NULL;
	const uint64_t reshapes = xg_stream_reshapes(gl.stream);
	if (framebuffer && is_known(framebuffer, reshapes))
		return GL_FRAMEBUFFER_COMPLETE;
	const GLenum status = xg_encode_glCheckFramebufferStatus(gl.stream, target);
	if (framebuffer && status == GL_FRAMEBUFFER_COMPLETE)
		keep(framebuffer, reshapes);
	return status;
}
