/* SPDX-License-Identifier: MIT */
/*
 * glGetString. The renderer is told without the stack's own name around it, and the version, of
 * which the stack carries less than the host may have, without its number.
 */
#include "../case.h"

#include <GLES3/gl3.h>
#include <stdio.h>

/* glGetStringi names one by one what glGetString lists. */
static void say_indexed(void)
{
	const char *all = (const char *)glGetString(GL_EXTENSIONS);
	GLint count = -1, found = 0;
	const GLubyte *name;

	glGetIntegerv(GL_NUM_EXTENSIONS, &count);
	for (GLint i = 0; i < count; i++) {
		name = glGetStringi(GL_EXTENSIONS, (GLuint)i);
		found += name && has_extension((const char *)name);
	}
	for (const char *at = all; at && *at; at += strcspn(at, " "), at += strspn(at, " "))
		count--;
	say("as many by number as at once: %d", count == 0);
	glGetIntegerv(GL_NUM_EXTENSIONS, &count);
	say("the same: %d", found == count && count > 20);
	ASK(glGetStringi(GL_EXTENSIONS, (GLuint)count) == NULL);
	ASK(glGetStringi(GL_VENDOR, 0) == NULL);
	ASK(glGetStringi(GL_EXTENSIONS, 0) == glGetStringi(GL_EXTENSIONS, 0));
}

/* What a context is told to be is what one can ask for, and no more. */
static void say_versions(int major, int minor)
{
	GLint told[2] = {-1, -1};

	glGetIntegerv(GL_MAJOR_VERSION, &told[0]);
	glGetIntegerv(GL_MINOR_VERSION, &told[1]);
	say("of one mind: %d", told[0] == major && told[1] == minor);
	say("at least 3.0: %d", major >= 3);
	for (EGLint i = 0; i < 4; i++) {
		const EGLint wanted[] = {
			EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, i, EGL_NONE};
		EGLContext context =
			eglCreateContext(egl.display, egl.config, EGL_NO_CONTEXT, wanted);

		say("honest about 3.%d: %d", i,
			(context != EGL_NO_CONTEXT) == (major * 10 + minor >= 30 + i));
		if (context)
			eglDestroyContext(egl.display, context);
	}
}

XG_CASE(strings)
{
	static const char *const carried[] = {"GL_OES_mapbuffer", "GL_OES_element_index_uint",
		"GL_OES_depth24", "GL_OES_packed_depth_stencil", "GL_OES_texture_npot",
		"GL_OES_rgb8_rgba8", "GL_OES_EGL_image", "GL_EXT_texture_format_BGRA8888",
		"GL_EXT_unpack_subimage", "GL_EXT_discard_framebuffer",
		"GL_OES_vertex_array_object", "GL_OES_standard_derivatives", "GL_KHR_debug",
		"GL_EXT_robustness", "GL_EXT_map_buffer_range", "GL_EXT_blend_minmax",
		"GL_OES_compressed_ETC1_RGB8_texture", "GL_EXT_texture_compression_s3tc",
		"GL_OES_depth_texture", "GL_EXT_texture_filter_anisotropic", "GL_OES_texture_3D",
		"GL_OES_surfaceless_context", "GL_NO_such_extension"};
	const char *renderer = (const char *)glGetString(GL_RENDERER);
	const char *inner = strstr(renderer, "xenglass (");
	int major = 0, minor = 0, number = 0;
	const char *version = (const char *)glGetString(GL_VERSION);

	say("vendor: %s", (const char *)glGetString(GL_VENDOR));
	if (sscanf(version, "OpenGL ES %d.%d%n", &major, &minor, &number) == 2)
		say("version:%s", version + number);
	version = (const char *)glGetString(GL_SHADING_LANGUAGE_VERSION);
	number = 0;
	if (sscanf(version, "OpenGL ES GLSL ES %*d.%*d%n", &number) == 0 && number > 0)
		say("language:%s", version + number);
	say_versions(major, minor);
	if (inner)
		say("renderer: %.*s", (int)strlen(inner) - 11, inner + 10);
	else
		say("renderer: %s", renderer);
	for (size_t i = 0; i < COUNT(carried); i++)
		say("%s: %d", carried[i], has_extension(carried[i]));
	say_indexed();
	ASK(glGetString(0) == NULL);
	ASK(glGetString(GL_TEXTURE_2D) == NULL);
	ASK(glGetString(GL_VERSION) == glGetString(GL_VERSION));
}
