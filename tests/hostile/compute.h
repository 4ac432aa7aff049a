/* SPDX-License-Identifier: MIT */
/*
 * Random commands of GLES 3.1 on few objects: storage, images, bindings of attributes, numbers of
 * draws and dispatches in buffers, and questions about the program, while all of it changes and
 * goes. Whatever it sends ends soon, on any driver.
 */
#ifndef XG_TESTS_HOSTILE_COMPUTE_H
#define XG_TESTS_HOSTILE_COMPUTE_H

#include <stdint.h>

#include "peer.h"
#include "sweep.h"

/* Sends that many, to a stream with a context of version 3. False if the stream is lost. */
bool compute_send(struct stream *stream, struct random *random, uint32_t count);

#endif
