/* SPDX-License-Identifier: MIT */
/*
 * A stream without shared memory, in place of stream.c: it hands out records that a test or the
 * fuzzer has put in it. Each record and each payload is a piece of memory of exactly its size, so
 * that a sanitizer sees whoever reads beyond. One thread.
 */
#ifndef XG_TESTS_FAKE_STREAM_H
#define XG_TESTS_FAKE_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include "stream.h"

/* The size of the bulk region that the records may point into. */
#define XG_FAKE_BULK_SIZE 65536u

/* bulk: XG_FAKE_BULK_SIZE octets, the caller's. */
struct xg_host_stream *xg_fake_stream_create(uint8_t *bulk);
void xg_fake_stream_destroy(struct xg_host_stream *stream);

/* Appends a record: size octets, at least a header, whose size member need not be right. */
void xg_fake_stream_put(struct xg_host_stream *stream, const void *record, size_t size);

/* From now on it says that it is killed; it goes on with its records nevertheless. */
void xg_fake_stream_kill(struct xg_host_stream *stream);

/* The result of the last reply. */
uint64_t xg_fake_stream_result(const struct xg_host_stream *stream);

/* The age that the last swap told. */
int32_t xg_fake_stream_age(const struct xg_host_stream *stream);

/* The first payload of the last record, as the replay left it; NULL if it has none. */
const void *xg_fake_stream_answer(const struct xg_host_stream *stream);

#endif
