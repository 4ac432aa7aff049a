/* SPDX-License-Identifier: MIT */
/* See attributes.h. */
#include "egl/attributes.h"

#include <stddef.h>

/* An EGLAttrib has 32 bits or 64, as a pointer has. */
static bool append(struct xg_attributes *attributes, int64_t name, int64_t value)
{
	if (attributes->count + 2 > XG_ATTRIBUTES_MAX)
		return false;
	/* EGL_DONT_CARE and bit masks are the largest values that there are. */
	if (name < INT32_MIN || name > UINT32_MAX || value < INT32_MIN || value > UINT32_MAX)
		return false;
	attributes->values[attributes->count++] = (EGLint)name;
	attributes->values[attributes->count++] = (EGLint)value;
	return true;
}

bool xg_attributes_from_ints(struct xg_attributes *attributes, const EGLint *list)
{
	attributes->count = 0;
	for (; list && list[0] != EGL_NONE; list += 2) {
		if (!append(attributes, list[0], list[1]))
			return false;
	}
	return true;
}

bool xg_attributes_from_attribs(struct xg_attributes *attributes, const EGLAttrib *list)
{
	attributes->count = 0;
	for (; list && list[0] != EGL_NONE; list += 2) {
		if (!append(attributes, list[0], list[1]))
			return false;
	}
	return true;
}

EGLint xg_attributes_get(const struct xg_attributes *attributes, EGLint name, EGLint fallback)
{
	for (uint32_t i = 0; i < attributes->count; i += 2) {
		if (attributes->values[i] == name)
			fallback = attributes->values[i + 1];
	}
	return fallback;
}
