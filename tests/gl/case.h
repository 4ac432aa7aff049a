/* SPDX-License-Identifier: MIT */
/*
 * What the parity programs are made of. Each case is one file in cases/ with one XG_CASE; it calls
 * GL and says what came out. What it says is its transcript: it must be the same, to the byte, on
 * the host's driver and through the stack. So it holds no pointer, no time, nothing at random.
 *
 * A case runs with a context of its own, of GLES 2 or the version that it says, current on a
 * pbuffer of XG_CASE_SIZE squared: RGBA8888, 24 bits of depth, 8 of stencil.
 */
#ifndef XG_TESTS_GL_CASE_H
#define XG_TESTS_GL_CASE_H

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES2/gl2.h>
#include <GLES2/gl2ext.h>
#include <GLES3/gl32.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define XG_CASE_SIZE 32

struct xg_case {
	const char *name;
	void (*run)(void);
	int version; /* the context's, major * 10 + minor */
	struct xg_case *next;
};

void xg_case_register(struct xg_case *self);

/* Defines the case of that name; the body follows. XG_CASE_ES3 has a context of GLES 3.0. */
#define XG_CASE(case_name)	XG_CASE_OF(case_name, 20)
#define XG_CASE_ES3(case_name)	XG_CASE_OF(case_name, 30)
#define XG_CASE_ES31(case_name) XG_CASE_OF(case_name, 31)
#define XG_CASE_OF(case_name, version)                                                             \
	static void case_name(void);                                                               \
	static struct xg_case self = {#case_name, case_name, version, NULL};                       \
	__attribute__((constructor)) static void register_case(void)                               \
	{                                                                                          \
		xg_case_register(&self);                                                           \
	}                                                                                          \
	static void case_name(void)

/* The EGL objects of the case, for those that want more of them. */
struct xg_case_egl {
	EGLDisplay display;
	EGLConfig config;
	EGLContext context;
	EGLSurface surface;
};
extern struct xg_case_egl egl;

/* A line of the transcript. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Makes the call and says it, with the error that it raised. */
#define DO(...)                                                                                    \
	do {                                                                                       \
		__VA_ARGS__;                                                                       \
		say_step(#__VA_ARGS__);                                                            \
	} while (0)
void say_step(const char *call);

/* Makes the call, says its integer result and the error. */
#define ASK(...) say_result(#__VA_ARGS__, (long long)(__VA_ARGS__))
void say_result(const char *call, long long result);

/* Says an error if there is one. */
void say_error(const char *where);

const char *enum_name(GLenum value);

/* Values of a query's output, all of the array: the unused rest shows that it is untouched. Set it
 * by untouched() before. */
void untouched(void *data, size_t size);
void say_ints(const char *what, const GLint *values, int count);
void say_floats(const char *what, const GLfloat *values, int count);
void say_bytes(const char *what, const void *data, size_t size);

/* The checksum of bytes, and all of them if they are few. */
void say_data(const char *what, const void *data, size_t size);
uint32_t checksum(const void *data, size_t size);

/* Reads RGBA pixels of the current framebuffer and says them. */
void say_pixels(const char *what, int x, int y, int width, int height);
/* All XG_CASE_SIZE squared. */
void say_picture(const char *what);

/* Bytes that look random and are the same every time. */
void fill(void *data, size_t size, uint32_t seed);
/* Random bytes on the heap; the runner frees them after the case. */
void *random_bytes(size_t size, uint32_t seed);
void free_random_bytes(void);

/* Compiles, attaches, links, and says how it went. Attributes "position", "color" and "texcoord"
 * get the locations 0, 1 and 2. 0 if it failed. */
GLuint make_shader(GLenum type, const char *source);
GLuint make_program(const char *vertex, const char *fragment);

/* Ready programs, in use when returned: a uniform "color"; the attribute "color"; the texture "tex"
 * at unit 0, over the whole clip space with draw_quad(). */
GLuint use_flat(float r, float g, float b, float a);
GLuint use_colored(void);
GLuint use_textured(void);

/* A quad from (-1, -1) to (1, 1) from client memory, attributes 0 (and 2, 0 to 1). */
void draw_quad(void);
void draw_rectangle(float x0, float y0, float x1, float y1, float z);

/* A bound framebuffer object with an RGBA texture of that size, which is returned. */
GLuint make_framebuffer(int width, int height);

/* A bound texture without mipmaps, filters nearest, wrap clamped. */
GLuint make_texture(void);

/* An entry point of an extension; says so and ends the case if the extension is not there. */
void need_extension(const char *name);
bool has_extension(const char *name);
#define PROC(type, name) type name = (type)eglGetProcAddress(#name)

/* Says what a buffer holds, mapped to be read. */
void say_buffer(const char *what, GLenum target, GLsizeiptr size);

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
