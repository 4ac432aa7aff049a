/* SPDX-License-Identifier: MIT */
/* Every attribute that a surface might be made with, set to, and asked about. */
#include "sweep.h"

static const EGLint values[] = {-1, 0, 1, 64, EGL_NONE, EGL_BACK_BUFFER, EGL_NO_TEXTURE,
	EGL_TEXTURE_RGBA, EGL_TEXTURE_2D, EGL_GL_COLORSPACE_SRGB, EGL_GL_COLORSPACE_LINEAR,
	EGL_VG_ALPHA_FORMAT_PRE, EGL_BUFFER_PRESERVED, EGL_BUFFER_DESTROYED,
	EGL_MULTISAMPLE_RESOLVE_DEFAULT, EGL_MULTISAMPLE_RESOLVE_BOX};

static void questions(EGLSurface surface)
{
	struct sweep sweep = {.what = "question"};

	for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
		EGLint answer = -77;
		const EGLBoolean is_known = eglQuerySurface(display, surface, name, &answer);

		sweep_add(&sweep, name, is_known, answer);
	}
	sweep_end(&sweep);
}

static void create(struct sweep *sweep, EGLConfig with, EGLint name, EGLint value, bool first)
{
	const EGLint size[] = {EGL_WIDTH, 8, EGL_HEIGHT, 4};
	EGLint list[7] = {0};
	EGLSurface surface;
	EGLint error;

	memcpy(list + (first ? 2 : 0), size, sizeof(size));
	memcpy(list + (first ? 0 : 4), (EGLint[]){name, value}, 2 * sizeof(EGLint));
	list[6] = EGL_NONE;
	surface = eglCreatePbufferSurface(display, with, list);
	error = eglGetError();
	if (surface)
		eglDestroySurface(display, surface);
	else if (error != EGL_SUCCESS)
		eglCreatePbufferSurface(display, with, list);
	sweep_add(sweep, name, surface != EGL_NO_SURFACE, 0);
}

static void creating(void)
{
	for (size_t i = 0; i < COUNT(values); i++) {
		struct sweep sweep = {.what = "creating"};

		say("value 0x%x", (unsigned)values[i]);
		for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
			if (name != EGL_NONE)
				create(&sweep, config, name, values[i], i % 2);
		}
		sweep_end(&sweep);
	}
}

static void texture_attributes(void)
{
	for (size_t i = 0; i < COUNT(values); i++) {
		struct sweep sweep = {.what = "texture"};

		for (size_t j = 0; j < COUNT(values); j++) {
			EGLSurface surface = eglCreatePbufferSurface(display, config,
				(const EGLint[]){EGL_WIDTH, 8, EGL_HEIGHT, 8, EGL_TEXTURE_FORMAT,
					values[i], EGL_TEXTURE_TARGET, values[j],
					EGL_MIPMAP_TEXTURE, (EGLint)(j & 1), EGL_NONE});

			sweep_add(&sweep, (EGLint)j, surface != EGL_NO_SURFACE, values[i]);
			if (surface)
				questions(surface);
			eglDestroySurface(display, surface);
		}
		sweep_end(&sweep);
	}
}

static void setting(EGLSurface surface)
{
	for (size_t i = 0; i < COUNT(values); i++) {
		struct sweep sweep = {.what = "setting"};

		say("value 0x%x", (unsigned)values[i]);
		for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
			const EGLBoolean is_set =
				eglSurfaceAttrib(display, surface, name, values[i]);

			sweep_add(&sweep, name, is_set, 0);
		}
		sweep_end(&sweep);
	}
	questions(surface);
}

static void with_each_config(void)
{
	struct sweep sweep = {.what = "config"};
	EGLConfig all[256];
	EGLint count = 0;

	eglGetConfigs(display, all, 256, &count);
	for (EGLint i = 0; i < count; i++)
		create(&sweep, all[i], EGL_LARGEST_PBUFFER, i & 1, false);
	sweep_end(&sweep);
	create(&sweep, EGL_NO_CONFIG_KHR, EGL_WIDTH, 4, false);
	sweep_end(&sweep);
}

static void sizes(void)
{
	static const EGLint some[] = {INT32_MIN, -1, 0, 1, 3, 4096, 8192, 8193, 16384, 16385};

	for (size_t i = 0; i < COUNT(some); i++) {
		for (int largest = 0; largest < 2; largest++) {
			EGLSurface surface = eglCreatePbufferSurface(display, config,
				(const EGLint[]){EGL_WIDTH, some[i], EGL_HEIGHT, 1,
					EGL_LARGEST_PBUFFER, largest, EGL_NONE});
			const EGLint error = eglGetError();
			EGLint width = -1, height = -1;

			eglQuerySurface(display, surface, EGL_WIDTH, &width);
			eglQuerySurface(display, surface, EGL_HEIGHT, &height);
			say("width %d, %d: %d, error 0x%04x, %dx%d", some[i], largest,
				surface != EGL_NO_SURFACE, (unsigned)error, width, height);
			eglDestroySurface(display, surface);
		}
	}
}

XG_EGL_CASE(surface_attributes)
{
	EGLContext context = TRY(new_context(EGL_NO_CONTEXT));
	EGLSurface surface = TRY(new_pbuffer(8));

	creating();
	texture_attributes();
	with_each_config();
	sizes();
	setting(surface);
	TRY(eglMakeCurrent(display, surface, surface, context));
	setting(surface);
}
