/* SPDX-License-Identifier: MIT */
/*
 * bench-latency FRAMES: how long a frame takes from eglSwapBuffers to the screen. Prints for each
 * frame the microseconds from before the swap to the moment that wp_presentation tells; frames that
 * were never shown are left out. One frame is drawn some time after the other was shown: none waits
 * for another, and the times are spread evenly over the screen's period, so that what a frame takes
 * longer is not lost in the wait for the screen.
 */
#include <EGL/egl.h>
#include <GLES2/gl2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <wayland-client.h>

#include "presentation-time-client-protocol.h"
#include "window.h"

#define WIDTH  256
#define HEIGHT 256

/* Of 60 Hz. Steps of the golden section fill it evenly, however many they are. */
#define PERIOD_NS 16666667u
#define STEP_NS	  10300566u

static struct wp_presentation *presentation;
static bool is_over; /* the frame was shown, or will never be */
static uint64_t begun_ns;

static void handle_sync_output(
	void *data, struct wp_presentation_feedback *feedback, struct wl_output *output)
{
}

static void handle_presented(void *data, struct wp_presentation_feedback *feedback,
	uint32_t second_high, uint32_t second_low, uint32_t nanosecond, uint32_t refresh,
	uint32_t sequence_high, uint32_t sequence_low, uint32_t flags)
{
	const uint64_t second = (uint64_t)second_high << 32 | second_low;

	printf("%.1f\n", (double)(second * UINT64_C(1000000000) + nanosecond - begun_ns) / 1000.0);
	wp_presentation_feedback_destroy(feedback);
	is_over = true;
}

static void handle_discarded(void *data, struct wp_presentation_feedback *feedback)
{
	wp_presentation_feedback_destroy(feedback);
	is_over = true;
}

static const struct wp_presentation_feedback_listener feedback_listener = {
	.sync_output = handle_sync_output,
	.presented = handle_presented,
	.discarded = handle_discarded,
};

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	if (strcmp(interface, wp_presentation_interface.name) == 0)
		presentation = wl_registry_bind(registry, name, &wp_presentation_interface, 1);
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {
	.global = handle_global,
	.global_remove = handle_global_remove,
};

static void sleep_ns(uint64_t ns)
{
	const struct timespec time = {.tv_nsec = (long)ns};

	nanosleep(&time, NULL);
}

int main(int argc, char **argv)
{
	const long frames = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
	struct wl_display *native = wl_display_connect(NULL);
	EGLDisplay display;
	EGLSurface surface;

	if (frames <= 0 || !native) {
		fprintf(stderr, "usage: bench-latency FRAMES\n");
		return 2;
	}
	wl_registry_add_listener(wl_display_get_registry(native), &registry_listener, NULL);
	wl_display_roundtrip(native);

	struct wl_surface *window = bench_window_open(native, WIDTH, HEIGHT, &display, &surface);

	if (!window || !presentation) {
		fprintf(stderr, "bench-latency: no window, or no wp_presentation\n");
		return 1;
	}
	for (long i = 0; i < frames; i++) {
		struct wp_presentation_feedback *feedback =
			wp_presentation_feedback(presentation, window);

		sleep_ns((uint64_t)i * STEP_NS % PERIOD_NS);
		wp_presentation_feedback_add_listener(feedback, &feedback_listener, NULL);
		glClearColor((GLfloat)(i % 2), 0.5f, 0.5f, 1);
		glClear(GL_COLOR_BUFFER_BIT);
		begun_ns = bench_now_ns();
		eglSwapBuffers(display, surface);
		is_over = false;
		while (!is_over) {
			if (wl_display_dispatch(native) < 0)
				return 1;
		}
	}
	return 0;
}
