/* SPDX-License-Identifier: MIT */
/* Every attribute that a config might be asked for and about, with all kinds of values. */
#include "sweep.h"

/* Configs that serve more APIs than GL ES here and there. */
static const EGLint values[] = {-2, EGL_DONT_CARE, 0, 1, 2, 4, 5, 8, 24, 1000, EGL_NONE,
	EGL_SLOW_CONFIG, EGL_NON_CONFORMANT_CONFIG, EGL_RGB_BUFFER, EGL_LUMINANCE_BUFFER,
	EGL_TRANSPARENT_RGB, EGL_COLOR_COMPONENT_TYPE_FIXED_EXT, EGL_COLOR_COMPONENT_TYPE_FLOAT_EXT,
	INT32_MAX, INT32_MIN};

static EGLAttrib digest(const EGLConfig *chosen, EGLint count)
{
	EGLAttrib sum = count;
	EGLint id = 0;

	for (EGLint i = 0; i < count; i++) {
		eglGetConfigAttrib(display, chosen[i], EGL_CONFIG_ID, &id);
		sum = (sum * 31 + id) & 0xffffff;
	}
	return sum;
}

static void choose(struct sweep *sweep, EGLint name, EGLint value)
{
	/* What the host serves of other APIs is not carried. */
	const EGLint list[] = {name, value, EGL_CONFORMANT, EGL_OPENGL_ES2_BIT, EGL_NONE};
	EGLConfig chosen[256];
	EGLint count = -1;
	const EGLBoolean is_success = eglChooseConfig(display, list, chosen, 256, &count);
	const EGLint error = eglGetError();
	const EGLAttrib answer = is_success ? digest(chosen, count) : count;

	if (error != EGL_SUCCESS)
		eglChooseConfig(display, list, chosen, 256, &count);
	sweep_add(sweep, name, is_success, answer);
}

static void choosing(void)
{
	for (size_t i = 0; i < COUNT(values); i++) {
		struct sweep sweep = {.what = "choosing"};

		say("value 0x%x", (unsigned)values[i]);
		for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
			/* EGL_CONFORMANT and EGL_RENDERABLE_TYPE: see the limits. */
			if (name != EGL_NONE && name != EGL_CONFORMANT &&
				name != EGL_RENDERABLE_TYPE)
				choose(&sweep, name, values[i]);
		}
		sweep_end(&sweep);
	}
}

static void capacities(void)
{
	EGLConfig chosen[256];
	EGLint count, id;

	for (EGLint capacity = 0; capacity < 4; capacity++) {
		memset(chosen, 0, sizeof(chosen));
		count = -1;
		say("choose %d: %d, error 0x%04x", capacity,
			eglChooseConfig(display, NULL, chosen, capacity, &count),
			(unsigned)eglGetError());
		for (EGLint i = 0; i < count && i < capacity; i++) {
			eglGetConfigAttrib(display, chosen[i], EGL_CONFIG_ID, &id);
			say("  %d", id);
		}
		say("  %d, the next one %d", count, chosen[capacity] != NULL);
		count = -1;
		say("get %d: %d, error 0x%04x", capacity,
			eglGetConfigs(display, chosen, capacity, &count), (unsigned)eglGetError());
		say("  %d", count);
	}
	say("none: %d", eglChooseConfig(display, NULL, NULL, 1, &count));
	say("  %d, error 0x%04x", count, (unsigned)eglGetError());
}

static void asking(void)
{
	struct sweep sweep = {.what = "asking"};

	for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
		EGLint value = -77;
		const EGLBoolean is_known = eglGetConfigAttrib(display, config, name, &value);

		if (name == EGL_RENDERABLE_TYPE || name == EGL_CONFORMANT)
			value &= EGL_OPENGL_ES2_BIT;
		sweep_add(&sweep, name, is_known, value);
	}
	sweep_end(&sweep);
}

XG_EGL_CASE(config_attributes)
{
	choosing();
	capacities();
	asking();
}
