/* SPDX-License-Identifier: MIT */
/*
 * Every attribute that a context might be asked for, alone and in pairs, with values that are right
 * and wrong; and every one that it might be asked about.
 */
#include "sweep.h"

/* Those that contexts know, with a few values of each. */
static const EGLint pairs[][2] = {
	{EGL_CONTEXT_MINOR_VERSION, 0},
	{EGL_CONTEXT_MINOR_VERSION, -1},
	{EGL_CONTEXT_FLAGS_KHR, 0},
	{EGL_CONTEXT_FLAGS_KHR, EGL_CONTEXT_OPENGL_DEBUG_BIT_KHR},
	{EGL_CONTEXT_FLAGS_KHR, EGL_CONTEXT_OPENGL_FORWARD_COMPATIBLE_BIT_KHR},
	{EGL_CONTEXT_FLAGS_KHR, EGL_CONTEXT_OPENGL_ROBUST_ACCESS_BIT_KHR},
	{EGL_CONTEXT_FLAGS_KHR, 8},
	{EGL_CONTEXT_OPENGL_PROFILE_MASK, 0},
	{EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT},
	{EGL_CONTEXT_OPENGL_DEBUG, EGL_FALSE},
	{EGL_CONTEXT_OPENGL_DEBUG, EGL_TRUE},
	{EGL_CONTEXT_OPENGL_DEBUG, 2},
	{EGL_CONTEXT_OPENGL_FORWARD_COMPATIBLE, EGL_FALSE},
	{EGL_CONTEXT_OPENGL_FORWARD_COMPATIBLE, EGL_TRUE},
	{EGL_CONTEXT_OPENGL_ROBUST_ACCESS, EGL_FALSE},
	{EGL_CONTEXT_OPENGL_ROBUST_ACCESS, EGL_TRUE},
	{EGL_CONTEXT_OPENGL_ROBUST_ACCESS, 2},
	{EGL_CONTEXT_OPENGL_ROBUST_ACCESS_EXT, EGL_FALSE},
	{EGL_CONTEXT_OPENGL_ROBUST_ACCESS_EXT, EGL_TRUE},
	{EGL_CONTEXT_OPENGL_ROBUST_ACCESS_EXT, 2},
	{EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY, EGL_NO_RESET_NOTIFICATION},
	{EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY, EGL_LOSE_CONTEXT_ON_RESET},
	{EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY, 0},
	{EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY_EXT, EGL_NO_RESET_NOTIFICATION_EXT},
	{EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY_EXT, EGL_LOSE_CONTEXT_ON_RESET_EXT},
	{EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY_EXT, 1},
	{EGL_CONTEXT_OPENGL_NO_ERROR_KHR, EGL_FALSE},
	{EGL_CONTEXT_OPENGL_NO_ERROR_KHR, EGL_TRUE},
	{EGL_CONTEXT_OPENGL_NO_ERROR_KHR, 2},
	{EGL_CONTEXT_PRIORITY_LEVEL_IMG, EGL_CONTEXT_PRIORITY_LOW_IMG},
	{EGL_CONTEXT_PRIORITY_LEVEL_IMG, 0},
	{EGL_CONTEXT_RELEASE_BEHAVIOR_KHR, EGL_CONTEXT_RELEASE_BEHAVIOR_NONE_KHR},
	{EGL_CONTEXT_RELEASE_BEHAVIOR_KHR, EGL_CONTEXT_RELEASE_BEHAVIOR_FLUSH_KHR},
	{EGL_CONTEXT_RELEASE_BEHAVIOR_KHR, 1},
};

static EGLBoolean create(EGLConfig with, EGLContext share, const EGLint *list)
{
	EGLContext context = eglCreateContext(display, with, share, list);
	const EGLint error = eglGetError();

	if (context) {
		eglDestroyContext(display, context);
		return EGL_TRUE;
	}
	/* So that it is found once more. */
	eglCreateContext(display, with, share, list);
	return error == EGL_SUCCESS;
}

static void attributes_alone(EGLint version)
{
	struct sweep sweep = {.what = version == 2 ? "ES 2 and" : "ES 3 and"};

	for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
		const EGLint list[] = {name, 1, EGL_CONTEXT_MAJOR_VERSION, version, EGL_NONE};

		/* Which versions there are is another case's. */
		if (name != EGL_NONE && name != EGL_CONTEXT_MINOR_VERSION)
			sweep_add(&sweep, name, create(config, NULL, list), 0);
	}
	sweep_end(&sweep);
}

static void attributes_in_pairs(void)
{
	struct sweep sweep = {.what = "pair"};

	for (size_t i = 0; i < COUNT(pairs); i++) {
		say("0x%04x 0x%x", (unsigned)pairs[i][0], (unsigned)pairs[i][1]);
		for (size_t j = i; j < COUNT(pairs); j++) {
			const EGLint list[] = {EGL_CONTEXT_MAJOR_VERSION, 3, pairs[i][0],
				pairs[i][1], pairs[j][0], pairs[j][1], EGL_NONE};

			sweep_add(&sweep, (EGLint)j, create(config, NULL, list), 0);
		}
		sweep_end(&sweep);
	}
}

/* What the first context was made with matters to who shares with it. */
static void shared_attributes(void)
{
	struct sweep sweep = {.what = "sharing"};

	for (size_t i = 0; i < COUNT(pairs); i++) {
		EGLContext first = eglCreateContext(display, config, NULL,
			(const EGLint[]){
				EGL_CONTEXT_MAJOR_VERSION, 3, pairs[i][0], pairs[i][1], EGL_NONE});

		if (!first)
			continue;
		say("with 0x%04x 0x%x", (unsigned)pairs[i][0], (unsigned)pairs[i][1]);
		for (size_t j = i % 2; j < COUNT(pairs); j += 2) {
			const EGLint list[] = {EGL_CONTEXT_MAJOR_VERSION, 2 + (EGLint)(j / 2 % 2),
				pairs[j][0], pairs[j][1], EGL_NONE};

			sweep_add(&sweep, (EGLint)j, create(config, first, list), 0);
		}
		sweep_end(&sweep);
		eglDestroyContext(display, first);
	}
}

static void questions(void)
{
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct sweep sweep = {.what = "question"};
		EGLContext context = eglCreateContext(display, config, NULL,
			(const EGLint[]){
				EGL_CONTEXT_MAJOR_VERSION, 2, pairs[i][0], pairs[i][1], EGL_NONE});

		if (!context)
			continue;
		say("asking one with 0x%04x 0x%x", (unsigned)pairs[i][0], (unsigned)pairs[i][1]);
		for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
			EGLint answer = -1;
			const EGLBoolean is_known =
				eglQueryContext(display, context, name, &answer);

			sweep_add(&sweep, name, is_known, answer);
		}
		sweep_end(&sweep);
		eglDestroyContext(display, context);
	}
}

/* With each config, and none, as version 2 and 3. */
static void with_each_config(void)
{
	struct sweep sweep = {.what = "config"};
	EGLConfig all[256];
	EGLint count = 0;

	eglGetConfigs(display, all, 256, &count);
	for (EGLint version = 2; version < 4; version++) {
		const EGLint list[] = {EGL_CONTEXT_MAJOR_VERSION, version, EGL_NONE};

		for (EGLint i = 0; i < count; i++)
			sweep_add(&sweep, i, create(all[i], NULL, list), 0);
		sweep_add(&sweep, -1, create(EGL_NO_CONFIG_KHR, NULL, list), 0);
	}
	sweep_end(&sweep);
}

XG_EGL_CASE(context_attributes)
{
	attributes_alone(2);
	attributes_alone(3);
	attributes_in_pairs();
	shared_attributes();
	questions();
	with_each_config();
}
