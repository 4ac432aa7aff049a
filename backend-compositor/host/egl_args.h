/* SPDX-License-Identifier: MIT */
/* Arguments of the EGL commands: attribute lists come as payloads, without a final EGL_NONE
 * that could be trusted; errors and values go back as payloads. */
#ifndef XG_HOST_EGL_ARGS_H
#define XG_HOST_EGL_ARGS_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "xg_thunks.h"

/* Values in the longest list that a guest may give, and those that the host puts behind it. */
enum { XG_EGL_ATTRIBUTES_MAX = 128, XG_EGL_ATTRIBUTES_ADDED = 4 };

struct xg_egl_attributes {
	EGLint values[XG_EGL_ATTRIBUTES_MAX + XG_EGL_ATTRIBUTES_ADDED + 1]; /* ends with EGL_NONE */
	size_t count; /* of values before that */
};

/* Copies a list. False if it is too long or ends within a pair. */
static inline bool xg_egl_attributes_read(
	struct xg_egl_attributes *list, const struct xg_payload *untrusted)
{
	const volatile EGLint *values = untrusted->data; /* may be shared: each is read once */
	const size_t count = values ? untrusted->size / sizeof(EGLint) : 0;
	size_t at = 0;

	while (at < count && (list->values[at] = values[at]) != EGL_NONE) {
		if (at + 2 > count || at + 2 > XG_EGL_ATTRIBUTES_MAX)
			return false;
		list->values[at + 1] = values[at + 1];
		at += 2;
	}
	list->values[at] = EGL_NONE;
	list->count = at;
	return true;
}

/* The value of an attribute in the list, or the default. */
static inline EGLint xg_egl_attributes_get(
	const struct xg_egl_attributes *list, EGLint name, EGLint value)
{
	for (size_t i = 0; i < list->count; i += 2) {
		if (list->values[i] == name)
			value = list->values[i + 1];
	}
	return value;
}

/* Takes all occurrences of an attribute out. */
static inline void xg_egl_attributes_drop(struct xg_egl_attributes *list, EGLint name)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i += 2) {
		if (list->values[i] == name)
			continue;
		list->values[kept] = list->values[i];
		list->values[kept + 1] = list->values[i + 1];
		kept += 2;
	}
	list->values[kept] = EGL_NONE;
	list->count = kept;
}

/* Adds a pair of the host's; there is room for XG_EGL_ATTRIBUTES_ADDED values. */
static inline void xg_egl_attributes_add(struct xg_egl_attributes *list, EGLint name, EGLint value)
{
	assert(list->count + 2 <= XG_EGL_ATTRIBUTES_MAX + XG_EGL_ATTRIBUTES_ADDED);
	list->values[list->count++] = name;
	list->values[list->count++] = value;
	list->values[list->count] = EGL_NONE;
}

/* Why the driver has just refused: never EGL_SUCCESS, whatever it says. */
static inline EGLint xg_egl_error(void)
{
	const EGLint error = eglGetError();

	return error == EGL_SUCCESS ? EGL_BAD_ALLOC : error;
}

/* Writes an integer output, if the guest gave room for it. */
static inline void xg_put_int(const struct xg_payload *output, EGLint value)
{
	if (output->data && output->size >= sizeof(value))
		memcpy(output->data, &value, sizeof(value));
}

#endif
