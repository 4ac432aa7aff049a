/* SPDX-License-Identifier: MIT */
/* The guest's GL entry points. Generated from the registry: see protocol/README.md. */
#ifndef XG_ENTRY_H
#define XG_ENTRY_H

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stddef.h>

/*
 * xg_gl_NAME is what an application reaches as NAME. Without a current context each does nothing
 * and returns 0.
 */
void xg_gl_glBindAttribLocation(GLuint program, GLuint index, const GLchar *name);
void xg_gl_glBindTexture(GLenum target, GLuint texture);
void xg_gl_glBufferData(GLenum target, GLsizeiptr size, const void *data, GLenum usage);
void xg_gl_glClear(GLbitfield mask);
GLuint xg_gl_glCreateShader(GLenum type);
void xg_gl_glDeleteTextures(GLsizei n, const GLuint *textures);
void xg_gl_glDrawElements(GLenum mode, GLsizei count, GLenum type, const void *indices);
void xg_gl_glFlush(void);
void xg_gl_glGenTextures(GLsizei n, GLuint *textures);
void xg_gl_glGetShaderInfoLog(GLuint shader, GLsizei bufSize, GLsizei *length, GLchar *infoLog);
const GLubyte *xg_gl_glGetString(GLenum name);
void xg_gl_glGetTexParameteriv(GLenum target, GLenum pname, GLint *params);
GLboolean xg_gl_glIsEnabled(GLenum cap);
void xg_gl_glTexSubImage2D(GLenum target, GLint level, GLint xoffset, GLint yoffset, GLsizei width, GLsizei height, GLenum format, GLenum type, const void *pixels);
void xg_gl_glUniform4fv(GLint location, GLsizei count, const GLfloat *value);
void xg_gl_glObjectLabelKHR(GLenum identifier, GLuint name, GLsizei length, const GLchar *label);

/* The entry point of that name, or NULL. Any thread. */
void *xg_gl_proc(const char *name);

/* The extensions that can be carried, sorted; a context has those of them that the host has. */
extern const char *const xg_gl_extensions[];
extern const size_t xg_gl_extension_count;

#endif
