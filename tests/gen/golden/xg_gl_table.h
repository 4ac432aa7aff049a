/* SPDX-License-Identifier: MIT */
/* The host driver's functions. Generated from the registry: see protocol/README.md. */
#ifndef XG_GL_TABLE_H
#define XG_GL_TABLE_H

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdbool.h>

struct xg_gl_table {
	PFNGLBINDATTRIBLOCATIONPROC glBindAttribLocation;
	PFNGLBINDTEXTUREPROC glBindTexture;
	PFNGLBUFFERDATAPROC glBufferData;
	PFNGLCLEARPROC glClear;
	PFNGLCREATESHADERPROC glCreateShader;
	PFNGLDELETETEXTURESPROC glDeleteTextures;
	PFNGLDRAWELEMENTSPROC glDrawElements;
	PFNGLFLUSHPROC glFlush;
	PFNGLGENTEXTURESPROC glGenTextures;
	PFNGLGETSHADERINFOLOGPROC glGetShaderInfoLog;
	PFNGLGETSTRINGPROC glGetString;
	PFNGLGETTEXPARAMETERIVPROC glGetTexParameteriv;
	PFNGLISENABLEDPROC glIsEnabled;
	PFNGLTEXSUBIMAGE2DPROC glTexSubImage2D;
	PFNGLUNIFORM4FVPROC glUniform4fv;
	PFNGLOBJECTLABELKHRPROC glObjectLabelKHR;
};

/*
 * Fills the table from the driver. Functions of extensions that it does not have become NULL (or
 * whatever get_proc gives for them). False if one of GLES 2.0 is missing; the table is then not
 * to be used. missing gets the first missing name, or NULL.
 */
bool xg_gl_table_load(
	struct xg_gl_table *table, void *(*get_proc)(const char *name), const char **missing);

#endif
