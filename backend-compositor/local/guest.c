/* SPDX-License-Identifier: MIT */
/* See guest.h. */
#include "guest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launch/colour.h"

/* What would lead a guest's program to the user's own display, or hide the stack from it. */
static const char *const hidden[] = {
	"DISPLAY",
	"WAYLAND_DISPLAY",
	"WAYLAND_SOCKET",
	"XAUTHORITY",
	"XDG_RUNTIME_DIR",
	"XDG_SESSION_TYPE",
	"XENGLASS_SOCKET",
	"XENGLASS_STATS",
	"EGL_PLATFORM",
	"__EGL_VENDOR_LIBRARY_DIRS",
	"__EGL_VENDOR_LIBRARY_FILENAMES",
};

bool xg_guest_init(struct xg_guest *guest, unsigned index, const struct xg_runtime *runtime)
{
	char stats[32];

	*guest = (struct xg_guest){.colour = xg_guest_colour(index)};
	snprintf(guest->name, sizeof(guest->name), "guest%u", index + 1);
	snprintf(guest->folder, sizeof(guest->folder), "%s/%s", runtime->path, guest->name);
	snprintf(guest->link, sizeof(guest->link), "%s/%s.link", runtime->path, guest->name);
	snprintf(guest->wayland, sizeof(guest->wayland), "%s/%s.wayland", runtime->path,
		guest->name);
	snprintf(guest->stats, sizeof(guest->stats), "%s/stats/", guest->folder);
	snprintf(stats, sizeof(stats), "%s/stats", guest->name);
	return xg_runtime_add(runtime, guest->name) && xg_runtime_add(runtime, stats);
}

static bool is_hidden(const char *variable)
{
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
		const size_t length = strlen(hidden[i]);

		if (strncmp(variable, hidden[i], length) == 0 && variable[length] == '=')
			return true;
	}
	return false;
}

char **xg_guest_environment(
	const struct xg_guest *guest, const char *vendor_json, bool with_screen, bool with_stats)
{
	const size_t own_size = 5 * (PATH_MAX + 64);
	size_t count = 0, used = 0;

	while (environ[count])
		count++;
	char **environment = malloc((count + 7) * sizeof(*environment) + own_size);
	if (!environment)
		return NULL;
	char *text = (char *)(environment + count + 7);
	for (size_t i = 0; i < count; i++) {
		if (!is_hidden(environ[i]))
			environment[used++] = environ[i];
	}

	const char *const own[][2] = {
		{"XDG_RUNTIME_DIR", guest->folder},
		{"__EGL_VENDOR_LIBRARY_FILENAMES", vendor_json},
		{"WAYLAND_DISPLAY", "wayland-0"},
		{"XDG_SESSION_TYPE", "wayland"},
	};
	for (size_t i = 0; i < (with_screen ? 4 : 2); i++) {
		environment[used++] = text;
		text += sprintf(text, "%s=%s", own[i][0], own[i][1]) + 1;
	}
	environment[used++] = text;
	text += sprintf(text, "XENGLASS_SOCKET=%s/gl.sock", guest->folder) + 1;
	if (with_stats) {
		environment[used++] = text;
		sprintf(text, "XENGLASS_STATS=%s", guest->stats);
	}
	environment[used] = NULL;
	return environment;
}
