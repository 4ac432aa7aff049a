/* SPDX-License-Identifier: MIT */
/*
 * glGen*, glCreate*, glDelete* and glBind*: the guest makes the names and tells the host, so that
 * none of them waits. What is bound is kept only where another entry point needs it.
 *
 * A name that an application binds without having generated it becomes taken, as in GL.
 */
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>

#include "gles/bindings.h"
#include "gles/current.h"
#include "gles/known.h"
#include "gles/shader.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* Makes count names. False, with the error recorded, if there are none left. A count below 1 does
 * not come here: the host judges it. */
static bool make_names(struct xg_gl gl, struct xg_namer *namer, GLsizei count, GLuint *names)
{
	if (xg_namer_make(namer, (uint32_t)count, names))
		return true;
	xg_gl_error(gl, GL_OUT_OF_MEMORY);
	return false;
}

/* A glDelete* of objects that leave nothing else behind here. */
static void release_names(struct xg_namer *namer, GLsizei count, const GLuint *names)
{
	for (GLsizei i = 0; names && i < count; i++)
		xg_namer_release(namer, names[i]);
}

void xg_gl_glGenBuffers(GLsizei n, GLuint *buffers)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_gl_find_uniform_buffer(gl.state); /* which takes its name */
	if (gl.stream && (n <= 0 || make_names(gl, &gl.state->share->buffer_names, n, buffers)))
		xg_encode_glGenBuffers(gl.stream, n, buffers);
}

void xg_gl_glGenTextures(GLsizei n, GLuint *textures)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && (n <= 0 || make_names(gl, &gl.state->share->texture_names, n, textures)))
		xg_encode_glGenTextures(gl.stream, n, textures);
}

void xg_gl_glGenRenderbuffers(GLsizei n, GLuint *renderbuffers)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream &&
		(n <= 0 || make_names(gl, &gl.state->share->renderbuffer_names, n, renderbuffers)))
		xg_encode_glGenRenderbuffers(gl.stream, n, renderbuffers);
}

void xg_gl_glGenFramebuffers(GLsizei n, GLuint *framebuffers)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && (n <= 0 || make_names(gl, &gl.state->framebuffer_names, n, framebuffers)))
		xg_encode_glGenFramebuffers(gl.stream, n, framebuffers);
}

void xg_gl_glGenVertexArraysOES(GLsizei n, GLuint *arrays)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && (n <= 0 || make_names(gl, &gl.state->vertex_array_names, n, arrays)))
		xg_encode_glGenVertexArraysOES(gl.stream, n, arrays);
}

void xg_gl_glGenQueriesEXT(GLsizei n, GLuint *queries)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && (n <= 0 || make_names(gl, &gl.state->query_names, n, queries)))
		xg_encode_glGenQueriesEXT(gl.stream, n, queries);
}

void xg_gl_glGenSamplers(GLsizei n, GLuint *samplers)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && (n <= 0 || make_names(gl, &gl.state->share->sampler_names, n, samplers)))
		xg_encode_glGenSamplers(gl.stream, n, samplers);
}

void xg_gl_glGenTransformFeedbacks(GLsizei n, GLuint *feedbacks)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && (n <= 0 || make_names(gl, &gl.state->feedback_names, n, feedbacks)))
		xg_encode_glGenTransformFeedbacks(gl.stream, n, feedbacks);
}

bool xg_gl_is_shader_type(struct xg_gl gl, uint32_t type)
{
	switch (type) {
	case GL_VERTEX_SHADER:
	case GL_FRAGMENT_SHADER:
		return true;
	case GL_COMPUTE_SHADER:
		return xg_gl_version(gl) >= 31;
	case GL_GEOMETRY_SHADER:
	case GL_TESS_CONTROL_SHADER:
	case GL_TESS_EVALUATION_SHADER:
		return xg_gl_version(gl) >= 32;
	default:
		return false;
	}
}

GLuint xg_gl_glCreateShader(GLenum type)
{
	struct xg_gl gl = xg_gl_current();
	GLuint name;

	if (!gl.stream)
		return 0;
	if (!xg_gl_is_shader_type(gl, type)) {
		xg_gl_error(gl, GL_INVALID_ENUM);
		return 0;
	}
	if (!make_names(gl, &gl.state->share->program_names, 1, &name))
		return 0;
	if (!xg_recipe_add_shader(gl.state->share, name, type)) {
		xg_namer_release(&gl.state->share->program_names, name);
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return 0;
	}
	xg_encode_glCreateShader(gl.stream, type, name);
	return name;
}

GLuint xg_gl_glCreateProgram(void)
{
	struct xg_gl gl = xg_gl_current();
	GLuint name;

	if (!gl.stream || !make_names(gl, &gl.state->share->program_names, 1, &name))
		return 0;
	if (!xg_share_add_program(gl.state->share, name)) {
		xg_namer_release(&gl.state->share->program_names, name);
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return 0;
	}
	xg_encode_glCreateProgram(gl.stream, name);
	return name;
}

void xg_gl_glDeleteShader(GLuint shader)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDeleteShader(gl.stream, shader);
	xg_recipe_delete_shader(gl.state->share, shader);
}

void xg_gl_glDeleteProgram(GLuint program)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDeleteProgram(gl.stream, program);
	/* It may live on while it is in use: from here on only the host knows. */
	xg_share_forget_program(gl.state->share, program);
	xg_known_delete_program(gl.state, program);
}

void xg_gl_glDeleteBuffers(GLsizei n, const GLuint *buffers)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDeleteBuffers(gl.stream, n, buffers);
	for (GLsizei i = 0; buffers && i < n; i++) {
		xg_gl_unbind_buffer(gl.state, buffers[i]);
		xg_share_forget_buffer(gl.state->share, buffers[i]);
		xg_known_delete_buffer(gl.state, buffers[i]);
	}
	release_names(&gl.state->share->buffer_names, n, buffers);
}

void xg_gl_glDeleteTextures(GLsizei n, const GLuint *textures)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDeleteTextures(gl.stream, n, textures);
	for (GLsizei i = 0; textures && i < n; i++)
		xg_track_delete_texture(&gl.state->track, gl.state->share, textures[i]);
	release_names(&gl.state->share->texture_names, n, textures);
}

void xg_gl_glDeleteRenderbuffers(GLsizei n, const GLuint *renderbuffers)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDeleteRenderbuffers(gl.stream, n, renderbuffers);
	for (GLsizei i = 0; renderbuffers && i < n; i++)
		xg_track_delete_renderbuffer(&gl.state->track, renderbuffers[i]);
	release_names(&gl.state->share->renderbuffer_names, n, renderbuffers);
}

void xg_gl_glDeleteFramebuffers(GLsizei n, const GLuint *framebuffers)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDeleteFramebuffers(gl.stream, n, framebuffers);
	for (GLsizei i = 0; framebuffers && i < n; i++)
		xg_gl_forget_framebuffer(gl.state, framebuffers[i]);
	release_names(&gl.state->framebuffer_names, n, framebuffers);
}

void xg_gl_glDeleteVertexArraysOES(GLsizei n, const GLuint *arrays)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDeleteVertexArraysOES(gl.stream, n, arrays);
	for (GLsizei i = 0; arrays && i < n; i++)
		xg_gl_forget_vertex_array(gl.state, arrays[i]);
	release_names(&gl.state->vertex_array_names, n, arrays);
}

void xg_gl_glDeleteQueriesEXT(GLsizei n, const GLuint *queries)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDeleteQueriesEXT(gl.stream, n, queries);
	release_names(&gl.state->query_names, n, queries);
}

void xg_gl_glDeleteSamplers(GLsizei n, const GLuint *samplers)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDeleteSamplers(gl.stream, n, samplers);
	release_names(&gl.state->share->sampler_names, n, samplers);
}

void xg_gl_glDeleteTransformFeedbacks(GLsizei n, const GLuint *feedbacks)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDeleteTransformFeedbacks(gl.stream, n, feedbacks);
	release_names(&gl.state->feedback_names, n, feedbacks);
}

/* Whether to bind what is bound already need not be sent. */
static inline bool skips_binding(struct xg_gl gl)
{
	return gl.state->skips_repeats && !xg_share_is_shared(gl.state->share);
}

static __attribute__((noinline)) void bind_texture(GLenum target, GLuint texture)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (xg_track_has_texture(&gl.state->track, target, texture) && skips_binding(gl))
		return;
	xg_track_bind_texture(&gl.state->track, gl.state->share, target, texture);
	xg_encode_glBindTexture(gl.stream, target, texture);
}

/* Mostly one that is known to be of two dimensions. */
void xg_gl_glBindTexture(GLenum target, GLuint texture)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_track *track = gl.stream ? &gl.state->track : NULL;

	if (XG_UNLIKELY(!track || target != GL_TEXTURE_2D || track->unit >= XG_TRACK_UNITS ||
			texture >= XG_GLES_NAME_LIMIT ||
			!xg_share_has_target(gl.state->share, texture, XG_TRACK_2D) ||
			!xg_stream_is_alone(gl.stream))) {
		bind_texture(target, texture);
		return;
	}
	if (track->textures_2d[track->unit] == texture && skips_binding(gl))
		return;
	track->textures_2d[track->unit] = texture;
	xg_write_glBindTexture(gl.stream, target, texture);
}

void xg_gl_glBindRenderbuffer(GLenum target, GLuint renderbuffer)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBindRenderbuffer(gl.stream, target, renderbuffer);
	if (target != GL_RENDERBUFFER)
		return;
	xg_namer_take(&gl.state->share->renderbuffer_names, renderbuffer);
	xg_track_bind_renderbuffer(&gl.state->track, renderbuffer);
}

static __attribute__((noinline)) void bind_framebuffer(GLenum target, GLuint framebuffer)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBindFramebuffer(gl.stream, target, framebuffer);
	if (target != GL_FRAMEBUFFER && target != GL_DRAW_FRAMEBUFFER &&
		target != GL_READ_FRAMEBUFFER)
		return;
	xg_namer_take(&gl.state->framebuffer_names, framebuffer);
	xg_track_bind_framebuffer(&gl.state->track, target, framebuffer);
}

/* Mostly to draw and read, one whose name is taken. */
void xg_gl_glBindFramebuffer(GLenum target, GLuint framebuffer)
{
	struct xg_gl gl = xg_gl_current();

	if (XG_UNLIKELY(!gl.stream || target != GL_FRAMEBUFFER ||
			(framebuffer &&
				!xg_namer_is_taken(&gl.state->framebuffer_names, framebuffer)))) {
		bind_framebuffer(target, framebuffer);
		return;
	}
	struct xg_track *track = &gl.state->track;
	if (framebuffer == track->draw_framebuffer && framebuffer == track->read_framebuffer &&
		skips_binding(gl))
		return;
	track->draw_framebuffer = track->read_framebuffer = framebuffer;
	xg_encode_glBindFramebuffer(gl.stream, target, framebuffer);
}
