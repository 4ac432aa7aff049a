/* SPDX-License-Identifier: MIT */
/* The renderer's beginning and end: EGL display, context, programs. */
#include "renderer_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <EGL/eglext.h>
#include <GLES2/gl2ext.h>

#include "base/log.h"
#include "shaders.h"

static bool has_extension(const char *list, const char *name)
{
	const size_t length = strlen(name);

	for (const char *at = list; at && (at = strstr(at, name)); at += length) {
		if ((at == list || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
			return true;
	}
	return false;
}

static bool open_display(struct xg_renderer *renderer, EGLenum platform, void *native_display)
{
	renderer->display = eglGetPlatformDisplay(platform, native_display, NULL);
	if (renderer->display == EGL_NO_DISPLAY || !eglInitialize(renderer->display, NULL, NULL)) {
		xg_log(XG_LOG_ERROR, "renderer",
			"no EGL display to draw with (EGL error 0x%x): is a GL driver, such as "
			"libgl1-mesa-dri, installed?",
			(unsigned)eglGetError());
		renderer->display = EGL_NO_DISPLAY;
		return false;
	}
	if (!eglBindAPI(EGL_OPENGL_ES_API)) {
		xg_log(XG_LOG_ERROR, "renderer", "the EGL driver has no OpenGL ES");
		return false;
	}
	return true;
}

static bool create_context(struct xg_renderer *renderer, bool with_windows)
{
	const EGLint config_wanted[] = {EGL_SURFACE_TYPE, with_windows ? EGL_WINDOW_BIT : 0,
		EGL_RENDERABLE_TYPE, EGL_OPENGL_ES2_BIT, EGL_RED_SIZE, 8, EGL_GREEN_SIZE, 8,
		EGL_BLUE_SIZE, 8, EGL_NONE};
	const EGLint context_wanted[] = {EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE};
	EGLint count = 0;

	if (!has_extension(eglQueryString(renderer->display, EGL_EXTENSIONS),
		    "EGL_KHR_surfaceless_context")) {
		xg_log(XG_LOG_ERROR, "renderer",
			"the EGL driver lacks EGL_KHR_surfaceless_context");
		return false;
	}
	if (!eglChooseConfig(renderer->display, config_wanted, &renderer->config, 1, &count) ||
		count == 0) {
		xg_log(XG_LOG_ERROR, "renderer", "the EGL driver has no OpenGL ES 2 configuration");
		return false;
	}
	renderer->context = eglCreateContext(
		renderer->display, renderer->config, EGL_NO_CONTEXT, context_wanted);
	if (renderer->context == EGL_NO_CONTEXT ||
		!xg_renderer_make_current(renderer, EGL_NO_SURFACE)) {
		xg_log(XG_LOG_ERROR, "renderer", "no OpenGL ES 2 context (EGL error 0x%x)",
			(unsigned)eglGetError());
		return false;
	}
	return true;
}

static bool check_extensions(struct xg_renderer *renderer)
{
	static const char *const needed[] = {
		"GL_EXT_texture_format_BGRA8888", "GL_EXT_unpack_subimage"};
	const char *have = (const char *)glGetString(GL_EXTENSIONS);

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		if (!has_extension(have, needed[i])) {
			xg_log(XG_LOG_ERROR, "renderer", "the GLES driver lacks %s", needed[i]);
			return false;
		}
	}
	renderer->reads_bgra = has_extension(have, "GL_EXT_read_format_bgra");
	glGetIntegerv(GL_MAX_TEXTURE_SIZE, &renderer->max_size);
	return true;
}

/*
 * A driver that copies between pictures of the same format is far quicker so than by a shader,
 * above all one that has no GPU.
 */
static void prepare_copies(struct xg_renderer *renderer)
{
	const char *version = (const char *)glGetString(GL_VERSION);
	int major = 0;

	if (!getenv("XENGLASS_DRAW_ALL") && sscanf(version, "OpenGL ES %d", &major) == 1 &&
		major >= 3)
		glGenFramebuffers(1, &renderer->copied);
}

static GLuint compile(GLenum type, const char *source)
{
	const GLuint shader = glCreateShader(type);
	GLint compiled = GL_FALSE;
	char text[256] = "";

	glShaderSource(shader, 1, &source, NULL);
	glCompileShader(shader);
	glGetShaderiv(shader, GL_COMPILE_STATUS, &compiled);
	if (compiled)
		return shader;
	glGetShaderInfoLog(shader, sizeof(text), NULL, text);
	xg_log(XG_LOG_ERROR, "renderer", "the GLES driver refuses a shader: %s", text);
	glDeleteShader(shader);
	return 0;
}

static bool link_program(
	struct xg_program *program, const char *vertex_source, const char *fragment_source)
{
	const GLuint vertex = compile(GL_VERTEX_SHADER, vertex_source);
	const GLuint fragment = vertex ? compile(GL_FRAGMENT_SHADER, fragment_source) : 0;
	GLint linked = GL_FALSE;

	if (fragment) {
		program->name = glCreateProgram();
		glAttachShader(program->name, vertex);
		glAttachShader(program->name, fragment);
		glBindAttribLocation(program->name, XG_ATTRIBUTE_POSITION, "position");
		glLinkProgram(program->name);
		glGetProgramiv(program->name, GL_LINK_STATUS, &linked);
		if (!linked)
			xg_log(XG_LOG_ERROR, "renderer", "the GLES driver does not link a shader");
	}
	glDeleteShader(vertex);
	glDeleteShader(fragment);
	if (!linked)
		return false;
	program->size = glGetUniformLocation(program->name, "size");
	program->colour = glGetUniformLocation(program->name, "colour");
	program->corner = glGetUniformLocation(program->name, "corner");
	program->across = glGetUniformLocation(program->name, "across");
	program->down = glGetUniformLocation(program->name, "down");
	program->extent = glGetUniformLocation(program->name, "extent");
	program->reach = glGetUniformLocation(program->name, "reach");
	return true;
}

static bool link_programs(struct xg_renderer *renderer)
{
	static const char *const fragments[XG_PROGRAM_COUNT] = {
		[XG_PROGRAM_RGBA] = xg_shader_rgba_frag,
		[XG_PROGRAM_PLAIN] = xg_shader_plain_frag,
		[XG_PROGRAM_RGBX] = xg_shader_rgbx_frag,
		[XG_PROGRAM_SOLID] = xg_shader_solid_frag,
		[XG_PROGRAM_SHADOW] = xg_shader_shadow_frag,
		[XG_PROGRAM_BACKGROUND] = xg_shader_background_frag,
	};

	for (int i = 0; i < XG_PROGRAM_COUNT; i++) {
		const char *vertex =
			i == XG_PROGRAM_PLAIN ? xg_shader_plain_vert : xg_shader_quad_vert;

		if (!link_program(&renderer->programs[i], vertex, fragments[i]))
			return false;
	}
	glEnableVertexAttribArray(XG_ATTRIBUTE_POSITION);
	return true;
}

struct xg_renderer *xg_renderer_create(EGLenum platform, void *native_display, bool with_windows)
{
	struct xg_renderer *renderer = calloc(1, sizeof(*renderer));

	if (!renderer)
		return NULL;
	wl_array_init(&renderer->corners);
	if (!open_display(renderer, platform, native_display) ||
		!create_context(renderer, with_windows) || !check_extensions(renderer) ||
		!link_programs(renderer)) {
		xg_renderer_destroy(renderer);
		return NULL;
	}
	prepare_copies(renderer);
	return renderer;
}

/*
 * The EGL display itself is left to the end of the process, which is near: terminating it unloads
 * the driver, and what that has not freed by then no leak checker can tell from losses of ours.
 */
void xg_renderer_destroy(struct xg_renderer *renderer)
{
	if (!renderer)
		return;
	if (renderer->display != EGL_NO_DISPLAY) {
		eglMakeCurrent(renderer->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
		if (renderer->context != EGL_NO_CONTEXT)
			eglDestroyContext(renderer->display, renderer->context);
	}
	wl_array_release(&renderer->corners);
	free(renderer);
}

EGLDisplay xg_renderer_display(const struct xg_renderer *renderer)
{
	return renderer->display;
}

EGLConfig xg_renderer_config(const struct xg_renderer *renderer)
{
	return renderer->config;
}

int32_t xg_renderer_max_size(const struct xg_renderer *renderer)
{
	return renderer->max_size;
}

bool xg_renderer_make_current(struct xg_renderer *renderer, EGLSurface surface)
{
	return eglMakeCurrent(renderer->display, surface, surface, renderer->context);
}
