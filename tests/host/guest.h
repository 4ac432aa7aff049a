/* SPDX-License-Identifier: MIT */
/*
 * A guest made of records: a test says which commands it sends, and runs them through the real
 * replay into the stub driver.
 */
#ifndef XG_TESTS_GUEST_H
#define XG_TESTS_GUEST_H

#include "client.h"
#include "fake_stream.h"
#include "host.h"
#include "stub_driver.h"
#include "xg_cmd.h"
#include "xg_opcodes.h"

struct guest {
	struct xg_host host;
	struct xg_client *client;
	struct xg_host_stream *stream;
	uint8_t bulk[XG_FAKE_BULK_SIZE];
};

enum { GUEST_DISPLAY = 1, GUEST_CONTEXT = 2 };

void guest_init(struct guest *guest);

/* Nothing that the guest made may be left, nor counted. */
void guest_finish(struct guest *guest);

/* Sends a command's struct, of which everything but the header is filled in, and what follows it
 * inline, already padded. */
void guest_send(struct guest *guest, uint16_t opcode, bool wants_reply, void *command, size_t size,
	const void *tail, size_t tail_size);

/* Sends a command without inline payloads: SEND(guest, glClear, .mask = 1). */
#define SEND(guest, name, ...)                                                                     \
	do {                                                                                       \
		struct xg_cmd_##name command_ = {__VA_ARGS__};                                     \
		guest_send(guest, XG_OP_##name, false, &command_, sizeof(command_), NULL, 0);      \
	} while (0)

/* The same for a command that answers. */
#define ASK(guest, name, ...)                                                                      \
	do {                                                                                       \
		struct xg_cmd_##name command_ = {__VA_ARGS__};                                     \
		guest_send(guest, XG_OP_##name, true, &command_, sizeof(command_), NULL, 0);       \
	} while (0)

/* Sends a command with names or other words inline: WORDS(guest, glGenTextures, words, ...). */
#define WORDS(guest, name, words, ...)                                                             \
	do {                                                                                       \
		struct xg_cmd_##name command_ = {__VA_ARGS__};                                     \
		guest_send(guest, XG_OP_##name, false, &command_, sizeof(command_), words,         \
			sizeof(words));                                                            \
	} while (0)

/* A display and a context, made current. */
void guest_start(struct guest *guest);

/* A test's: *state is a guest with a context. */
int guest_setup(void **state);
int guest_teardown(void **state);

/* Makes the context current once more: the end of a run releases it. */
void guest_again(struct guest *guest);

/* What glGetError answers after all that was sent. The context is current again. */
uint32_t guest_error(struct guest *guest);

/* Replays all that was sent. NULL, or the rule that was broken. */
const char *guest_run(struct guest *guest);

#endif
