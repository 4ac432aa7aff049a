/* SPDX-License-Identifier: MIT */
/*
 * Attribute lists. EGL 1.5 has them as EGLAttrib, EGL 1.4 and most extensions as EGLint, each ended
 * by EGL_NONE; on the wire they are EGLint, counted, without the end.
 */
#ifndef XG_EGL_ATTRIBUTES_H
#define XG_EGL_ATTRIBUTES_H

#include <stdbool.h>
#include <stdint.h>

#include <EGL/egl.h>

enum {
	XG_ATTRIBUTES_MAX = 64 /* values; pairs are half of it. No call takes nearly as many. */
};

struct xg_attributes {
	EGLint values[XG_ATTRIBUTES_MAX];
	uint32_t count; /* of values: two for each attribute */
};

/*
 * Copies a list; NULL is an empty one. False if it is too long or a value does not fit: no
 * attribute has such values, so that is EGL_BAD_ATTRIBUTE.
 */
bool xg_attributes_from_ints(struct xg_attributes *attributes, const EGLint *list);
bool xg_attributes_from_attribs(struct xg_attributes *attributes, const EGLAttrib *list);

/* The value of an attribute in the list, or fallback if it is not there. */
EGLint xg_attributes_get(const struct xg_attributes *attributes, EGLint name, EGLint fallback);

#endif
