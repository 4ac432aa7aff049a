/* SPDX-License-Identifier: MIT */
/* See debug_messages.h. They lie as they go over the wire. */
#include "debug_messages.h"

#include <stdlib.h>
#include <string.h>

#include "xenglass/debug.h"

struct xg_debug_messages *xg_debug_messages_create(void)
{
	struct xg_debug_messages *messages = calloc(1, sizeof(*messages));

	if (!messages)
		abort();
	pthread_mutex_init(&messages->lock, NULL);
	return messages;
}

void xg_debug_messages_destroy(struct xg_debug_messages *messages)
{
	if (!messages)
		return;
	pthread_mutex_destroy(&messages->lock);
	free(messages);
}

/* Octets of a message, with its header. */
static uint32_t whole_size(const struct xg_debug_message *message)
{
	return (uint32_t)sizeof(*message) + ((message->length + 3) & ~3u);
}

void xg_debug_messages_add(struct xg_debug_messages *messages,
	const struct xg_debug_message *message, const char *text)
{
	struct xg_debug_message kept = *message;

	if (kept.length > XG_DEBUG_TEXT_MAX)
		kept.length = XG_DEBUG_TEXT_MAX;
	const uint32_t size = whole_size(&kept);
	pthread_mutex_lock(&messages->lock);
	if (size <= sizeof(messages->octets) - messages->size) {
		uint8_t *at = messages->octets + messages->size;

		memset(at, 0, size);
		memcpy(at, &kept, sizeof(kept));
		memcpy(at + sizeof(kept), text, kept.length);
		messages->size += size;
	}
	pthread_mutex_unlock(&messages->lock);
}

uint32_t xg_debug_messages_take(struct xg_debug_messages *messages, void *place, uint32_t capacity)
{
	uint32_t taken = 0;

	pthread_mutex_lock(&messages->lock);
	while (taken < messages->size) {
		struct xg_debug_message message;

		memcpy(&message, messages->octets + taken, sizeof(message));
		if (whole_size(&message) > capacity - taken)
			break;
		taken += whole_size(&message);
	}
	memcpy(place, messages->octets, taken);
	messages->size -= taken;
	memmove(messages->octets, messages->octets + taken, messages->size);
	pthread_mutex_unlock(&messages->lock);
	return taken;
}
