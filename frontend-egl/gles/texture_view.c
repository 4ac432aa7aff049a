/* SPDX-License-Identifier: MIT */
/* Textures that are made as a view of another one's texels (EXT_texture_view). */
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>

#include "gles/current.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* A view has a target before it is bound to it. Whether it came to be the host is asked: views are
 * made once. */
void xg_gl_glTextureViewEXT(GLuint texture, GLenum target, GLuint origin, GLenum internal_format,
	GLuint level, GLuint levels, GLuint layer, GLuint layers)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glTextureViewEXT(
		gl.stream, texture, target, origin, internal_format, level, levels, layer, layers);
	if (xg_encode_glIsTexture(gl.stream, texture))
		xg_track_make_texture(gl.state->share, target, texture);
}
