/* SPDX-License-Identifier: MIT */
/*
 * Random commands about programs of all stages and pipelines of them: what fits together and what
 * does not, linked anew and deleted at any time, drawn with all the while.
 */
#ifndef XG_TESTS_HOSTILE_PIPELINES_H
#define XG_TESTS_HOSTILE_PIPELINES_H

#include <stdint.h>

#include "peer.h"
#include "sweep.h"

/* Sends that many, to a stream with a context of version 3. False if the stream is lost. */
bool pipelines_send(struct stream *stream, struct random *random, uint32_t count);

/* Links a program that is in use again and again, and fails, and draws with it; as above. */
bool pipelines_link_again(struct stream *stream, struct random *random, uint32_t count);

#endif
