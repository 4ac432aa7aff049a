/* SPDX-License-Identifier: MIT */
/* The bytes that a fuzzer is given, which it spends on its choices. */
#ifndef XG_FUZZ_INPUT_H
#define XG_FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct input {
	const uint8_t *at;
	size_t left;
};

/* Takes size bytes; what is no longer there is zero. */
static inline void take(struct input *input, void *bytes, size_t size)
{
	const size_t here = size < input->left ? size : input->left;

	memset(bytes, 0, size);
	memcpy(bytes, input->at, here);
	input->at += here;
	input->left -= here;
}

static inline uint8_t take_byte(struct input *input)
{
	uint8_t byte;

	take(input, &byte, 1);
	return byte;
}

#endif
