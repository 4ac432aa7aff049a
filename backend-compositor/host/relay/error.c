/* SPDX-License-Identifier: MIT */
/*
 * The text of a compositor's protocol error. libwayland-client gives code, interface and object but
 * prints the text through its log handler, on whichever thread reads the event, as
 * "interface@id: error code: text". So the last few such lines are kept, and matched later.
 */
#include "relay/connection.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"

#define LINES	  8
#define LINE_SIZE 1024

static struct {
	pthread_mutex_t lock;
	char lines[LINES][LINE_SIZE];
	uint32_t next;
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void handle_log(const char *format, va_list args)
{
	char line[LINE_SIZE];

	vsnprintf(line, sizeof(line), format, args);
	line[strcspn(line, "\n")] = 0;
	xg_log(XG_LOG_DEBUG, "relay", "libwayland: %s", line);
	if (!strstr(line, ": error "))
		return;
	pthread_mutex_lock(&kept.lock);
	memcpy(kept.lines[kept.next++ % LINES], line, sizeof(line));
	pthread_mutex_unlock(&kept.lock);
}

void xg_error_listen(void)
{
	wl_log_set_handler_client(handle_log);
}

void xg_error_text(struct wl_display *display, char *text, size_t size)
{
	const struct wl_interface *interface = NULL;
	char start[128], middle[32];
	uint32_t id = 0;
	const uint32_t code = wl_display_get_protocol_error(display, &interface, &id);

	snprintf(text, size, "protocol error %u", code);
	snprintf(start, sizeof(start), "%s@%u: ", interface ? interface->name : "", id);
	snprintf(middle, sizeof(middle), ": error %u: ", code);
	pthread_mutex_lock(&kept.lock);
	for (uint32_t i = 0; i < LINES; i++) {
		char *line = kept.lines[(kept.next - 1 - i) % LINES];
		const char *found = strstr(line, middle);

		if (!found || (interface && strncmp(line, start, strlen(start)) != 0))
			continue;
		snprintf(text, size, "%s", found + strlen(middle));
		line[0] = 0;
		break;
	}
	pthread_mutex_unlock(&kept.lock);
}
