/* SPDX-License-Identifier: MIT */
/*
 * Random records: well-formed ones with arguments that no library would send, so that they pass the
 * validator and reach the driver; and spoilt ones, which must not. The seed says it all.
 */
#ifndef XG_TESTS_HOSTILE_SWEEP_H
#define XG_TESTS_HOSTILE_SWEEP_H

#include <stdint.h>

#include "xenglass/wire.h"

/* GL_SHADER_BINARY_FORMAT_SPIR_V, which the headers of ES lack but drivers know. */
#define XG_SPIR_V 0x9551u

struct random {
	uint64_t state;
};

uint32_t random_next(struct random *random);

/*
 * Makes a record that the validator takes, of any command but those that would end the context or
 * never return. Its size, 0 if the dice fell so that there is none.
 */
uint32_t sweep_make(struct random *random, uint8_t record[XG_RECORD_SIZE_MAX], uint32_t bulk_size);

/* Spoils a record that sweep_make made: some bits, or its header. */
void sweep_spoil(struct random *random, uint8_t record[XG_RECORD_SIZE_MAX], uint32_t size);

#endif
