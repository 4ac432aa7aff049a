/* SPDX-License-Identifier: MIT */
/*
 * A vendor library that stands before Mesa's and knows what its software driver does not: the age
 * of a window's buffers, and damage. So what travels can be seen where no hardware is.
 *
 * The age that it tells is made up: a number made of the rectangles that came with the frame. Where
 * two programs are told the same, the same rectangles have reached their drivers. The rules that
 * raise errors are those of EGL_EXT_buffer_age and EGL_KHR_partial_update.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "layer_base.h"

enum { SURFACES_MAX = 64, AGES = 97, STRING_MAX = 4096 };

static const char added[] = " EGL_EXT_buffer_age EGL_KHR_partial_update "
			    "EGL_EXT_swap_buffers_with_damage EGL_KHR_swap_buffers_with_damage";

static struct surface {
	EGLSurface handle;
	unsigned frames, digest; /* of the rectangles that came since the last swap */
	EGLint age;
	bool was_asked, has_region;
} surfaces[SURFACES_MAX];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static __thread EGLint pending_error;	/* 0: none of the layer's own */
static EGLint (*get_error_below)(void); /* kept: finding anything clears the error */

static EGLBoolean fail(EGLint error)
{
	pending_error = error;
	return EGL_FALSE;
}

/* With the lock. */
static struct surface *find_surface(EGLSurface handle)
{
	struct surface *free_one = &surfaces[0];

	for (size_t i = 0; i < SURFACES_MAX; i++) {
		if (surfaces[i].handle == handle)
			return &surfaces[i];
		if (!surfaces[i].handle)
			free_one = &surfaces[i];
	}
	*free_one = (struct surface){.handle = handle};
	return free_one;
}

static void add_rects(struct surface *surface, unsigned kind, const EGLint *rects, EGLint count)
{
	surface->digest = surface->digest * 31 + kind;
	for (EGLint i = 0; i < 4 * count; i++)
		surface->digest = surface->digest * 31 + (unsigned)rects[i];
}

static EGLint get_error(void)
{
	const EGLint error = pending_error, below = get_error_below();

	pending_error = 0;
	return error ? error : below;
}

static const char *query_string(EGLDisplay display, EGLint name)
{
	static char extensions[STRING_MAX];
	const char *string = BELOW(eglQueryString)(display, name);

	if (!string || display == EGL_NO_DISPLAY || name != EGL_EXTENSIONS)
		return string;
	snprintf(extensions, sizeof(extensions), "%s%s", string, added);
	return extensions;
}

static EGLBoolean query_surface(
	EGLDisplay display, EGLSurface handle, EGLint attribute, EGLint *value)
{
	EGLint unused;

	pending_error = 0;
	if (attribute != EGL_BUFFER_AGE_EXT)
		return BELOW(eglQuerySurface)(display, handle, attribute, value);
	if (!BELOW(eglQuerySurface)(display, handle, EGL_CONFIG_ID, &unused))
		return EGL_FALSE;
	if (BELOW(eglGetCurrentSurface)(EGL_DRAW) != handle)
		return fail(EGL_BAD_SURFACE);
	pthread_mutex_lock(&lock);
	find_surface(handle)->was_asked = true;
	*value = find_surface(handle)->age;
	pthread_mutex_unlock(&lock);
	return EGL_TRUE;
}

static EGLBoolean set_damage_region(
	EGLDisplay display, EGLSurface handle, EGLint *rects, EGLint count)
{
	EGLint behaviour = EGL_BUFFER_DESTROYED, error = EGL_SUCCESS;
	struct surface *surface;

	pending_error = 0;
	if (!BELOW(eglQuerySurface)(display, handle, EGL_SWAP_BEHAVIOR, &behaviour))
		return EGL_FALSE;
	if (BELOW(eglGetCurrentSurface)(EGL_DRAW) != handle || behaviour != EGL_BUFFER_DESTROYED)
		return fail(EGL_BAD_MATCH);
	pthread_mutex_lock(&lock);
	surface = find_surface(handle);
	if (surface->has_region || !surface->was_asked)
		error = EGL_BAD_ACCESS;
	else
		surface->has_region = true;
	if (error == EGL_SUCCESS)
		add_rects(surface, 1, rects, count);
	pthread_mutex_unlock(&lock);
	return error == EGL_SUCCESS ? EGL_TRUE : fail(error);
}

static void end_frame(EGLSurface handle, const EGLint *rects, EGLint count)
{
	struct surface *surface;

	pthread_mutex_lock(&lock);
	surface = find_surface(handle);
	add_rects(surface, 2, rects, count);
	surface->age = 1 + (EGLint)(surface->digest % AGES);
	surface->digest = 0;
	surface->was_asked = surface->has_region = false;
	pthread_mutex_unlock(&lock);
}

static EGLBoolean swap(EGLDisplay display, EGLSurface handle)
{
	pending_error = 0;
	if (!BELOW(eglSwapBuffers)(display, handle))
		return EGL_FALSE;
	end_frame(handle, NULL, 0);
	return EGL_TRUE;
}

static EGLBoolean swap_with_damage(
	EGLDisplay display, EGLSurface handle, const EGLint *rects, EGLint count)
{
	pending_error = 0;
	if (count < 0 || (count > 0 && !rects))
		return fail(EGL_BAD_PARAMETER);
	if (!BELOW(eglSwapBuffers)(display, handle))
		return EGL_FALSE;
	end_frame(handle, rects, count);
	return EGL_TRUE;
}

static EGLBoolean destroy_surface(EGLDisplay display, EGLSurface handle)
{
	pending_error = 0;
	if (!BELOW(eglDestroySurface)(display, handle))
		return EGL_FALSE;
	pthread_mutex_lock(&lock);
	find_surface(handle)->handle = EGL_NO_SURFACE;
	pthread_mutex_unlock(&lock);
	return EGL_TRUE;
}

const struct layer_function layer_functions[] = {
	{"eglDestroySurface", (layer_any)destroy_surface},
	{"eglGetError", (layer_any)get_error},
	{"eglQueryString", (layer_any)query_string},
	{"eglQuerySurface", (layer_any)query_surface},
	{"eglSetDamageRegionKHR", (layer_any)set_damage_region},
	{"eglSwapBuffers", (layer_any)swap},
	{"eglSwapBuffersWithDamageEXT", (layer_any)swap_with_damage},
	{"eglSwapBuffersWithDamageKHR", (layer_any)swap_with_damage},
	{NULL, NULL},
};

void layer_begin(__EGLapiImports *imports)
{
	get_error_below = BELOW(eglGetError);
}
