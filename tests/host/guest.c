/* SPDX-License-Identifier: MIT */
/* See guest.h. */
#include "guest.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "replay.h"

void guest_init(struct guest *guest)
{
	const struct xg_limits limits = XG_LIMITS_DEFAULT;

	memset(guest, 0, sizeof(*guest));
	guest->host.name = "test";
	guest->host.limits = limits;
	xg_quota_init(&guest->host.quota);
	xg_stub_init(&guest->host.gl);
	xg_driver_displays_init(&guest->host.displays);
	guest->client = xg_client_create(&guest->host, 1, 2, 3);
	guest->stream = xg_fake_stream_create(guest->bulk);
}

void guest_finish(struct guest *guest)
{
	xg_client_unref(guest->client);
	for (int i = 0; i < XG_QUOTA_COUNT; i++)
		assert(guest->host.quota.used[i] == 0);
	xg_fake_stream_destroy(guest->stream);
	xg_driver_displays_finish(&guest->host.displays);
	assert(xg_stub.live == 0);
}

int guest_setup(void **state)
{
	struct guest *guest = malloc(sizeof(*guest));

	guest_init(guest);
	guest_start(guest);
	*state = guest;
	return 0;
}

int guest_teardown(void **state)
{
	guest_finish(*state);
	/* The driver frees those that a guest leaves: a test leaves none. */
	assert(xg_stub.syncs == 0);
	free(*state);
	return 0;
}

void guest_send(struct guest *guest, uint16_t opcode, bool wants_reply, void *command, size_t size,
	const void *tail, size_t tail_size)
{
	const size_t padded = (tail_size + 7) / 8 * 8;
	uint8_t *record = calloc(1, size + padded);
	struct xg_record *header = command;

	if (!record)
		abort();
	*header = (struct xg_record){.opcode = opcode,
		.flags = wants_reply ? XG_RECORD_REPLY : 0,
		.size = (uint32_t)(size + padded)};
	memcpy(record, command, size);
	if (tail_size)
		memcpy(record + size, tail, tail_size);
	xg_fake_stream_put(guest->stream, record, size + padded);
	free(record);
}

void guest_start(struct guest *guest)
{
	const struct xg_data integer = {.size = 4, .place = XG_PLACE_INLINE};

	ASK(guest, xgInitialize, .display = GUEST_DISPLAY,
		.platform = EGL_PLATFORM_SURFACELESS_MESA, .major = integer, .minor = integer,
		.error = integer);
	ASK(guest, xgCreateContext, .display = GUEST_DISPLAY, .context = GUEST_CONTEXT, .config = 1,
		.error = integer);
	ASK(guest, xgMakeCurrent, .display = GUEST_DISPLAY, .context = GUEST_CONTEXT,
		.error = integer);
}

void guest_again(struct guest *guest)
{
	ASK(guest, xgMakeCurrent, .display = GUEST_DISPLAY, .context = GUEST_CONTEXT,
		.error = {.size = 4, .place = XG_PLACE_INLINE});
}

const char *guest_run(struct guest *guest)
{
	return xg_replay_run(guest->client, guest->stream);
}

uint32_t guest_error(struct guest *guest)
{
	ASK(guest, glGetError);
	if (guest_run(guest))
		abort();
	guest_again(guest);
	return (uint32_t)xg_fake_stream_result(guest->stream);
}
