/* SPDX-License-Identifier: MIT */
/*
 * See config.h. Choosing is left to the host, whose order of preference is the one that
 * applications on it know; everything else is answered from the table.
 *
 * A host's config may serve APIs that we do not carry. Their bits are taken out, and a config that
 * was asked to have them does not match.
 */
#include "egl/config.h"

#include <stdlib.h>

#include <EGL/eglext.h>

#include "egl/attributes.h"
#include "egl/display.h"
#include "egl/error.h"
#include "gles/strings.h"
#include "xg_egl_entry.h"
#include "xg_encode.h"

static const EGLint names[XG_CONFIG_ATTRIBUTES] = {
	EGL_ALPHA_MASK_SIZE, EGL_ALPHA_SIZE, EGL_BIND_TO_TEXTURE_RGB, EGL_BIND_TO_TEXTURE_RGBA,
	EGL_BLUE_SIZE, EGL_BUFFER_SIZE, EGL_COLOR_BUFFER_TYPE, EGL_CONFIG_CAVEAT, EGL_CONFIG_ID,
	EGL_CONFORMANT, EGL_DEPTH_SIZE, EGL_GREEN_SIZE, EGL_LEVEL, EGL_LUMINANCE_SIZE,
	EGL_MAX_PBUFFER_HEIGHT, EGL_MAX_PBUFFER_PIXELS, EGL_MAX_PBUFFER_WIDTH,
	EGL_MAX_SWAP_INTERVAL, EGL_MIN_SWAP_INTERVAL, EGL_NATIVE_RENDERABLE, EGL_NATIVE_VISUAL_ID,
	EGL_NATIVE_VISUAL_TYPE, EGL_RED_SIZE, EGL_RENDERABLE_TYPE, EGL_SAMPLE_BUFFERS, EGL_SAMPLES,
	EGL_STENCIL_SIZE, EGL_SURFACE_TYPE, EGL_TRANSPARENT_BLUE_VALUE, EGL_TRANSPARENT_GREEN_VALUE,
	EGL_TRANSPARENT_RED_VALUE, EGL_TRANSPARENT_TYPE,
	EGL_COLOR_COMPONENT_TYPE_EXT, /* the last: EGL_EXT_pixel_format_float's */
};

/* Configs that the first question has room for; Mesa has fewer than a hundred. */
enum { CONFIGS_EXPECTED = 256 };

static EGLint carried_apis(void)
{
	return EGL_OPENGL_ES_BIT | EGL_OPENGL_ES2_BIT |
	       (xg_gl_carried_version() >= 30 ? EGL_OPENGL_ES3_BIT : 0);
}

static int find_attribute(EGLint attribute)
{
	for (int i = 0; i < XG_CONFIG_ATTRIBUTES; i++) {
		if (names[i] == attribute)
			return i;
	}
	return -1;
}

EGLint xg_config_get(const struct xg_config *config, EGLint attribute)
{
	return config->values[find_attribute(attribute)];
}

/* Lays the answer, asked values for each config, out as our table. */
static bool fill_table(struct xg_configs *configs, const EGLint *answer, uint32_t count, int asked)
{
	configs->table = calloc(count ? count : 1, sizeof(*configs->table));
	if (!configs->table)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		EGLint *const values = configs->table[i].values;

		values[XG_CONFIG_ATTRIBUTES - 1] = EGL_COLOR_COMPONENT_TYPE_FIXED_EXT;
		for (int k = 0; k < asked; k++)
			values[k] = answer[i * (uint32_t)asked + (uint32_t)k];
		values[find_attribute(EGL_RENDERABLE_TYPE)] &= carried_apis();
		values[find_attribute(EGL_CONFORMANT)] &= carried_apis();
	}
	configs->count = (EGLint)count;
	return true;
}

bool xg_configs_fetch(
	struct xg_configs *configs, struct xg_stream *stream, uint32_t display_id, bool has_float)
{
	const int asked = has_float ? XG_CONFIG_ATTRIBUTES : XG_CONFIG_ATTRIBUTES - 1;
	uint32_t room = CONFIGS_EXPECTED, count;
	EGLint *answer = NULL;
	bool is_filled;

	for (;;) {
		EGLint *const more = realloc(answer, room * (size_t)asked * sizeof(*answer));

		if (!more) {
			free(answer);
			return false;
		}
		answer = more;
		count = xg_encode_xgGetConfigs(
			stream, display_id, (uint32_t)asked, names, room * (uint32_t)asked, answer);
		if (count <= room)
			break;
		room = count;
	}
	is_filled = count > 0 && fill_table(configs, answer, count, asked);
	free(answer);
	return is_filled;
}

const struct xg_config *xg_config_find(const struct xg_display *display, EGLConfig handle)
{
	for (EGLint i = 0; i < display->configs.count; i++) {
		if (&display->configs.table[i] == handle)
			return &display->configs.table[i];
	}
	return NULL;
}

static struct xg_config *find_by_id(const struct xg_display *display, EGLint id)
{
	for (EGLint i = 0; i < display->configs.count; i++) {
		if (xg_config_get(&display->configs.table[i], EGL_CONFIG_ID) == id)
			return &display->configs.table[i];
	}
	return NULL;
}

EGLBoolean xg_eglGetConfigs(EGLDisplay dpy, EGLConfig *configs, EGLint capacity, EGLint *count)
{
	const struct xg_display *display = xg_call_begin_on("eglGetConfigs", dpy);
	EGLint given;

	if (!display)
		return EGL_FALSE;
	if (!count)
		return xg_call_fail(EGL_BAD_PARAMETER, "no place for the number");
	given = display->configs.count;
	if (configs && given > capacity)
		given = capacity > 0 ? capacity : 0;
	for (EGLint i = 0; configs && i < given; i++)
		configs[i] = &display->configs.table[i];
	*count = given;
	return EGL_TRUE;
}

EGLBoolean xg_eglGetConfigAttrib(EGLDisplay dpy, EGLConfig handle, EGLint attribute, EGLint *value)
{
	const struct xg_display *display = xg_call_begin_on("eglGetConfigAttrib", dpy);
	const struct xg_config *config;
	int i;

	if (!display)
		return EGL_FALSE;
	config = xg_config_find(display, handle);
	if (!config)
		return xg_call_fail(EGL_BAD_CONFIG, "not a config");
	if (!value)
		return xg_call_fail(EGL_BAD_PARAMETER, "no place for the value");
	i = find_attribute(attribute);
	if (i < 0)
		return xg_call_fail(EGL_BAD_ATTRIBUTE, "configs have no such attribute");
	*value = config->values[i];
	return EGL_TRUE;
}

/* Whether the config still has the APIs that were asked for, once those we lack are taken out. */
static bool has_apis(const struct xg_config *config, const struct xg_attributes *wanted)
{
	static const EGLint masks[] = {EGL_RENDERABLE_TYPE, EGL_CONFORMANT};

	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		const EGLint bits = xg_attributes_get(wanted, masks[i], 0);

		if (bits != EGL_DONT_CARE && (bits & ~xg_config_get(config, masks[i])) != 0)
			return false;
	}
	return true;
}

/* Gives out those of the host's choice that we carry, as far as there is room. */
static EGLint give_configs(const struct xg_display *display, const struct xg_attributes *wanted,
	const EGLint *ids, uint32_t id_count, EGLConfig *configs, EGLint capacity)
{
	EGLint given = 0;

	for (uint32_t i = 0; i < id_count; i++) {
		struct xg_config *const config = find_by_id(display, ids[i]);

		if (!config || !has_apis(config, wanted))
			continue;
		if (configs && given >= capacity)
			break;
		if (configs)
			configs[given] = config;
		given++;
	}
	return given;
}

EGLBoolean xg_eglChooseConfig(
	EGLDisplay dpy, const EGLint *list, EGLConfig *configs, EGLint capacity, EGLint *count)
{
	struct xg_display *display = xg_call_begin_on("eglChooseConfig", dpy);
	struct xg_attributes wanted;
	struct xg_stream *stream;
	EGLint error = EGL_SUCCESS;
	uint32_t chosen;
	EGLint *ids;

	if (!display)
		return EGL_FALSE;
	if (!count)
		return xg_call_fail(EGL_BAD_PARAMETER, "no place for the number");
	if (!xg_attributes_from_ints(&wanted, list))
		return xg_call_fail(EGL_BAD_ATTRIBUTE, "the list of attributes is too long");
	stream = xg_display_stream(display);
	if (!stream)
		return EGL_FALSE;
	ids = calloc((size_t)display->configs.count, sizeof(*ids));
	if (!ids)
		return xg_call_fail(EGL_BAD_ALLOC, NULL);
	chosen = xg_encode_xgChooseConfig(stream, xg_display_id(display), wanted.count,
		wanted.values, (uint32_t)display->configs.count, ids, &error);
	if (chosen > (uint32_t)display->configs.count)
		chosen = 0;
	if (chosen > 0)
		*count = give_configs(display, &wanted, ids, chosen, configs, capacity);
	else if (error == EGL_SUCCESS)
		*count = 0;
	free(ids);
	return error == EGL_SUCCESS ? EGL_TRUE : xg_call_fail_from_host(error);
}
