/* SPDX-License-Identifier: MIT */
/*
 * State of a single draw buffer (GLES 3.2, section 15.1.5; EXT_draw_buffers_indexed). What is asked
 * for without an index is the first one's, which track.h keeps.
 */
#include <GLES3/gl32.h>

#include "gles/current.h"
#include "gles/track.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* Every implementation has as many. */
#define BUFFERS_CERTAIN 4

/* Whether the driver has that draw buffer, and a bit for it is kept. */
static bool is_kept(struct xg_gl gl, GLenum target, GLuint index)
{
	return target == GL_BLEND && index < 32 &&
	       (index < BUFFERS_CERTAIN || index < (GLuint)xg_gl_limit(gl, GL_MAX_DRAW_BUFFERS));
}

static void keep(struct xg_gl gl, GLenum target, GLuint index, bool is_enabled)
{
	struct xg_track *track = &gl.state->track;

	if (is_kept(gl, target, index)) {
		track->blends &= ~(1u << index);
		track->blends |= (uint32_t)is_enabled << index;
	}
	if (index)
		return;
	/* Other targets are seldom, and not every driver has them. */
	if (target != GL_BLEND)
		is_enabled = xg_encode_glIsEnabled(gl.stream, target) != 0;
	xg_track_enable(track, target, is_enabled);
}

void xg_gl_glEnableiEXT(GLenum target, GLuint index)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glEnableiEXT(gl.stream, target, index);
	keep(gl, target, index, true);
}

void xg_gl_glDisableiEXT(GLenum target, GLuint index)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDisableiEXT(gl.stream, target, index);
	keep(gl, target, index, false);
}

GLboolean xg_gl_glIsEnablediEXT(GLenum target, GLuint index)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return GL_FALSE;
	if (is_kept(gl, target, index))
		return gl.state->track.blends >> index & 1;
	return (GLboolean)xg_encode_glIsEnablediEXT(gl.stream, target, index);
}

void xg_gl_glBlendFuncSeparateiEXT(
	GLuint buf, GLenum src_rgb, GLenum dst_rgb, GLenum src_alpha, GLenum dst_alpha)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBlendFuncSeparateiEXT(gl.stream, buf, src_rgb, dst_rgb, src_alpha, dst_alpha);
	if (!buf)
		xg_track_blend_func(&gl.state->track, src_rgb, dst_rgb, src_alpha, dst_alpha);
}

void xg_gl_glBlendFunciEXT(GLuint buf, GLenum source, GLenum destination)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBlendFunciEXT(gl.stream, buf, source, destination);
	if (!buf)
		xg_track_blend_func(&gl.state->track, source, destination, source, destination);
}

void xg_gl_glBlendEquationSeparateiEXT(GLuint buf, GLenum rgb, GLenum alpha)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBlendEquationSeparateiEXT(gl.stream, buf, rgb, alpha);
	if (!buf)
		xg_track_blend_equation(&gl.state->track, rgb, alpha);
}

void xg_gl_glBlendEquationiEXT(GLuint buf, GLenum mode)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBlendEquationiEXT(gl.stream, buf, mode);
	if (!buf)
		xg_track_blend_equation(&gl.state->track, mode, mode);
}
