/* SPDX-License-Identifier: MIT */
/*
 * The debug messages of one context that wait for the guest's callback. A driver may raise them on
 * threads of its own. What a guest leaves lying is bounded: then new messages are lost.
 */
#ifndef XG_HOST_DEBUG_MESSAGES_H
#define XG_HOST_DEBUG_MESSAGES_H

#include <pthread.h>
#include <stdint.h>

struct xg_debug_message;

struct xg_debug_messages {
	pthread_mutex_t lock;
	uint32_t size; /* octets that wait */
	uint8_t octets[65536];
};

struct xg_debug_messages *xg_debug_messages_create(void);

/* The driver raises no more. NULL is legal. */
void xg_debug_messages_destroy(struct xg_debug_messages *messages);

/* Any thread. The text has message->length octets. */
void xg_debug_messages_add(struct xg_debug_messages *messages,
	const struct xg_debug_message *message, const char *text);

/* Moves whole messages to a place of that many octets; says how many it filled. Any thread. */
uint32_t xg_debug_messages_take(struct xg_debug_messages *messages, void *place, uint32_t capacity);

#endif
