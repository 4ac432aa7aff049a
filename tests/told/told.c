/* SPDX-License-Identifier: MIT */
/*
 * xg-told: says all that a program is told of what there is: versions, strings, extensions, limits,
 * formats, precisions and configs of EGL and of contexts of each version of GLES. A line is
 * "WHAT = ANSWER"; no two say the same WHAT. It knows nothing of xenglass.
 *
 * What is not asked for by a name that the registry has, is not asked for: each enum is tried as a
 * parameter of each glGet*, for it is not the program that should know which are limits.
 */
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { ANSWERS_MAX = 1024, SHOWN_MAX = 16, INDICES = 3 };

static const struct {
	uint32_t value;
	const char *name;
} names[] = {
#include "told_names.h"
};

static const char *context = ""; /* "3.1": what is asked for by the current one */

static void tell(const char *answer, const char *what, ...) __attribute__((format(printf, 2, 3)));

static void tell(const char *answer, const char *what, ...)
{
	va_list args;

	printf("%s%s", context, *context ? " " : "");
	va_start(args, what);
	vprintf(what, args);
	va_end(args);
	printf(" = %s\n", answer ? answer : "NULL");
}

/* A list's names, a line each. */
static void tell_list(const char *what, const char *list)
{
	char *copy = strdup(list ? list : ""), *rest;

	for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest))
		tell("yes", "%s %s", what, name);
	free(copy);
	if (!list)
		tell("none", "%s", what);
}

/* Values that were asked for: as many as were written, or the error. */
static void tell_values(const char *getter, const char *name, const int64_t *values, bool is_float)
{
	const GLenum error = glGetError();
	char text[SHOWN_MAX * 24 + 16] = "";
	size_t at = 0;
	int last = SHOWN_MAX;

	if (error) {
		snprintf(text, sizeof(text), "error 0x%04x", error);
		tell(text, "%s %s", getter, name);
		return;
	}
	while (last > 1 && !values[last - 1])
		last--;
	for (int i = 0; i < last; i++) {
		double number;

		memcpy(&number, &values[i], sizeof(number));
		at += (size_t)(is_float ? snprintf(text + at, sizeof(text) - at, " %g", number)
					: snprintf(text + at, sizeof(text) - at, " %lld",
						  (long long)values[i]));
	}
	tell(text + 1, "%s %s", getter, name);
}

static void tell_integers(const char *getter, const char *name, const GLint *ints)
{
	int64_t values[SHOWN_MAX];

	for (int i = 0; i < SHOWN_MAX; i++)
		values[i] = ints[i];
	tell_values(getter, name, values, false);
}

static void tell_plain(size_t at)
{
	GLint ints[ANSWERS_MAX] = {0};
	GLfloat floats[ANSWERS_MAX] = {0};
	int64_t values[SHOWN_MAX];

	glGetIntegerv(names[at].value, ints);
	tell_integers("glGetIntegerv", names[at].name, ints);
	glGetFloatv(names[at].value, floats);
	for (int i = 0; i < SHOWN_MAX; i++) {
		const double number = floats[i];

		memcpy(&values[i], &number, sizeof(number));
	}
	tell_values("glGetFloatv", names[at].name, values, true);
}

static void tell_indexed(size_t at)
{
	char name[128];

	for (GLuint index = 0; index < INDICES; index++) {
		GLint ints[ANSWERS_MAX] = {0};
		GLint64 longs[ANSWERS_MAX] = {0};

		snprintf(name, sizeof(name), "%s[%u]", names[at].name, index);
		glGetIntegeri_v(names[at].value, index, ints);
		tell_integers("glGetIntegeri_v", name, ints);
		glGetInteger64i_v(names[at].value, index, longs);
		tell_values("glGetInteger64i_v", name, (const int64_t *)longs, false);
	}
}

static void tell_samples(size_t at)
{
	static const struct {
		GLenum value;
		const char *name;
	} targets[] = {{GL_RENDERBUFFER, "GL_RENDERBUFFER"},
		{GL_TEXTURE_2D_MULTISAMPLE, "GL_TEXTURE_2D_MULTISAMPLE"},
		{GL_TEXTURE_2D_MULTISAMPLE_ARRAY, "GL_TEXTURE_2D_MULTISAMPLE_ARRAY"}};
	char name[128];

	for (size_t i = 0; i < COUNT(targets); i++) {
		GLint values[SHOWN_MAX] = {0};

		snprintf(name, sizeof(name), "%s %s", targets[i].name, names[at].name);
		glGetInternalformativ(
			targets[i].value, names[at].value, GL_SAMPLES, SHOWN_MAX - 1, values + 1);
		glGetInternalformativ(
			targets[i].value, names[at].value, GL_NUM_SAMPLE_COUNTS, 1, values);
		tell_integers("glGetInternalformativ", name, values);
		while (glGetError())
			continue;
	}
}

static void tell_precision(void)
{
	static const struct {
		GLenum value;
		const char *name;
	} stages[] = {{GL_VERTEX_SHADER, "vertex"}, {GL_FRAGMENT_SHADER, "fragment"},
		{GL_COMPUTE_SHADER, "compute"}, {GL_GEOMETRY_SHADER, "geometry"}};
	char name[64];

	for (size_t stage = 0; stage < COUNT(stages); stage++) {
		for (GLenum type = GL_LOW_FLOAT; type <= GL_HIGH_INT; type++) {
			GLint values[SHOWN_MAX] = {0};

			snprintf(name, sizeof(name), "%s 0x%04x", stages[stage].name, type);
			glGetShaderPrecisionFormat(stages[stage].value, type, values, &values[2]);
			tell_integers("glGetShaderPrecisionFormat", name, values);
		}
	}
}

static void tell_formats(GLenum count_name, GLenum list_name, const char *what)
{
	GLint count = 0, formats[ANSWERS_MAX] = {0};

	glGetIntegerv(count_name, &count);
	if (count <= 0 || count > ANSWERS_MAX)
		return;
	glGetIntegerv(list_name, formats);
	for (GLint i = 0; i < count; i++)
		tell("yes", "%s 0x%04x", what, (unsigned)formats[i]);
}

static void tell_context(int version)
{
	GLint count = 0;

	tell((const char *)glGetString(GL_VENDOR), "GL_VENDOR");
	tell((const char *)glGetString(GL_RENDERER), "GL_RENDERER");
	tell((const char *)glGetString(GL_VERSION), "GL_VERSION");
	tell((const char *)glGetString(GL_SHADING_LANGUAGE_VERSION), "GL_SHADING_LANGUAGE_VERSION");
	tell_list("GL_EXTENSIONS", (const char *)glGetString(GL_EXTENSIONS));
	glGetIntegerv(GL_NUM_EXTENSIONS, &count);
	for (GLint i = 0; version >= 30 && i < count; i++)
		tell("yes", "glGetStringi %s",
			(const char *)glGetStringi(GL_EXTENSIONS, (GLuint)i));
	tell_formats(GL_NUM_COMPRESSED_TEXTURE_FORMATS, GL_COMPRESSED_TEXTURE_FORMATS,
		"GL_COMPRESSED_TEXTURE_FORMATS");
	tell_formats(GL_NUM_PROGRAM_BINARY_FORMATS, GL_PROGRAM_BINARY_FORMATS,
		"GL_PROGRAM_BINARY_FORMATS");
	tell_formats(
		GL_NUM_SHADER_BINARY_FORMATS, GL_SHADER_BINARY_FORMATS, "GL_SHADER_BINARY_FORMATS");
	tell_precision();
	for (size_t i = 0; i < COUNT(names); i++) {
		tell_plain(i);
		if (version >= 31) {
			tell_indexed(i);
			tell_samples(i);
		}
	}
}

static void tell_version(EGLDisplay display, EGLConfig config, int version, const char *name)
{
	const EGLint attribs[] = {EGL_CONTEXT_MAJOR_VERSION, version / 10,
		EGL_CONTEXT_MINOR_VERSION, version % 10, EGL_NONE};
	static const EGLint size[] = {EGL_WIDTH, 32, EGL_HEIGHT, 32, EGL_NONE};
	const EGLContext made = eglCreateContext(display, config, EGL_NO_CONTEXT, attribs);
	char error[32];

	snprintf(error, sizeof(error), "error 0x%04x", made ? EGL_SUCCESS : eglGetError());
	tell(error, "context of %s", name);
	if (!made)
		return;
	if (version < 20) {
		eglDestroyContext(display, made);
		return;
	}
	const EGLSurface surface = eglCreatePbufferSurface(display, config, size);
	eglMakeCurrent(display, surface, surface, made);
	context = name;
	tell_context(version);
	context = "";
	eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	eglDestroySurface(display, surface);
	eglDestroyContext(display, made);
}

static void tell_egl(EGLDisplay display)
{
	tell(eglQueryString(display, EGL_VENDOR), "EGL_VENDOR");
	tell(eglQueryString(display, EGL_VERSION), "EGL_VERSION");
	tell(eglQueryString(display, EGL_CLIENT_APIS), "EGL_CLIENT_APIS");
	tell_list("EGL_EXTENSIONS", eglQueryString(display, EGL_EXTENSIONS));
	tell_list("client EGL_EXTENSIONS", eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS));
}

static void tell_configs(EGLDisplay display)
{
	static EGLConfig configs[ANSWERS_MAX];
	EGLint count = 0, value;
	char text[32];

	eglGetConfigs(display, configs, ANSWERS_MAX, &count);
	snprintf(text, sizeof(text), "%d", count);
	tell(text, "configs");
	for (EGLint i = 0; i < count; i++) {
		/* All that EGL 1.5 has, from EGL_BUFFER_SIZE to EGL_CONFORMANT, and two more. */
		for (EGLint attribute = EGL_BUFFER_SIZE; attribute <= EGL_CONFORMANT + 2;
			attribute++) {
			const EGLint what = attribute <= EGL_CONFORMANT ? attribute
					    : attribute == EGL_CONFORMANT + 1
						    ? EGL_COLOR_COMPONENT_TYPE_EXT
						    : EGL_RECORDABLE_ANDROID;
			if (eglGetConfigAttrib(display, configs[i], what, &value))
				snprintf(text, sizeof(text), "%d", value);
			else
				snprintf(text, sizeof(text), "error 0x%04x", eglGetError());
			tell(text, "config %d 0x%04x", i, what);
		}
	}
}

int main(void)
{
	static const EGLint attribs[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE,
		EGL_OPENGL_ES2_BIT, EGL_RED_SIZE, 8, EGL_ALPHA_SIZE, 8, EGL_DEPTH_SIZE, 24,
		EGL_STENCIL_SIZE, 8, EGL_NONE};
	const EGLDisplay display =
		eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
	EGLConfig config;
	EGLint count;

	if (!display || !eglInitialize(display, NULL, NULL) ||
		!eglChooseConfig(display, attribs, &config, 1, &count) || count != 1) {
		fprintf(stderr, "xg-told: no display: EGL error 0x%04x\n", eglGetError());
		return 1;
	}
	tell_egl(display);
	tell_configs(display);
	tell_version(display, config, 11, "1.1");
	tell_version(display, config, 20, "2.0");
	tell_version(display, config, 30, "3.0");
	tell_version(display, config, 31, "3.1");
	tell_version(display, config, 32, "3.2");
	tell_version(display, config, 33, "3.3");
	eglTerminate(display);
	return 0;
}
