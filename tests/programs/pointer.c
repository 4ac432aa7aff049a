/* SPDX-License-Identifier: MIT */
/*
 * Plays the pointer of a compositor that runs with --test-input:
 *
 *	pointer move X Y | press | release …
 *
 * Each word has taken effect before the next one is played, and before the program ends.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/input-event-codes.h>
#include <wayland-client.h>

#include "xg-test-input-v1-client-protocol.h"

static struct xg_test_input_v1 *input;

static void global(void *data, struct wl_registry *registry, uint32_t name, const char *interface,
	uint32_t version)
{
	if (strcmp(interface, xg_test_input_v1_interface.name) == 0)
		input = wl_registry_bind(registry, name, &xg_test_input_v1_interface, 1);
}

static void global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {global, global_remove};

/* Plays one word with its arguments, and answers how many were taken; 0 if it is none. */
static int play(int count, char **words)
{
	const uint32_t time = 0;

	if (strcmp(words[0], "press") == 0 || strcmp(words[0], "release") == 0) {
		xg_test_input_v1_pointer_button(input, time, BTN_LEFT, words[0][0] == 'p');
		return 1;
	}
	if (strcmp(words[0], "move") == 0 && count >= 3) {
		xg_test_input_v1_pointer_motion(input, time, wl_fixed_from_int(atoi(words[1])),
			wl_fixed_from_int(atoi(words[2])));
		return 3;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct wl_display *display = wl_display_connect(NULL);

	if (!display)
		return 1;
	wl_registry_add_listener(wl_display_get_registry(display), &registry_listener, NULL);
	wl_display_roundtrip(display);
	if (!input)
		return 1;
	for (int i = 1, taken; i < argc; i += taken) {
		taken = play(argc - i, &argv[i]);
		if (taken == 0 || wl_display_roundtrip(display) < 0) {
			fprintf(stderr, "pointer: %s\n", argv[i]);
			return 1;
		}
	}
	wl_display_disconnect(display);
	return 0;
}
