/* SPDX-License-Identifier: MIT */
/*
 * The arguments of one Wayland message as they cross the control channel. What crosses is described
 * in include/xenglass/control_wayland.h; here it is turned into values and back, by the message's
 * signature alone. The decoder is the first thing that sees a guest's bytes, so it checks all that
 * can be checked without knowing the objects.
 */
#ifndef XG_RELAY_MARSHAL_H
#define XG_RELAY_MARSHAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As many as a libwayland message can have. */
#define XG_VALUES_MAX 20

/* One argument. Which member counts is said by the signature's letter. */
struct xg_value {
	char type; /* i u f o n s a h */
	bool is_nullable;
	union {
		int32_t number;		  /* i, f */
		uint32_t unsigned_number; /* u, h (what stands for the descriptor) */
		uint64_t object;	  /* o, n */
	};
	/* s: with its NUL, NULL for none. a. Points into the decoder's input. */
	const void *bytes;
	uint32_t size;
};

/* The version of the interface that first had this message; 1 if the signature does not say. */
uint32_t xg_signature_since(const char *signature);

/* Sets type and is_nullable of each value from the signature; returns how many there are. */
uint32_t xg_values_init(const char *signature, struct xg_value values[XG_VALUES_MAX]);

/*
 * Reads the values from the bytes, which must hold nothing else. False if they break a rule, which
 * *rule then names. Strings end with their only NUL; none is missing that the signature wants; the
 * whole fits into a Wayland message.
 */
bool xg_values_decode(const char *signature, const void *untrusted_bytes, size_t size,
	struct xg_value values[XG_VALUES_MAX], uint32_t *count, const char **rule);

/* How many bytes xg_values_encode() will write. */
size_t xg_values_size(const struct xg_value *values, uint32_t count);

/* Writes the values. The room must be 4-aligned and as large as xg_values_size() says. */
void xg_values_encode(const struct xg_value *values, uint32_t count, void *room);

/* The size of the Wayland message with these values, its header included. */
size_t xg_values_wayland_size(const struct xg_value *values, uint32_t count);

#endif
