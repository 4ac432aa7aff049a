/* SPDX-License-Identifier: MIT */
/* See replay.h. This is the loop that every record of a guest goes through. */
#include "replay.h"

#include <stdlib.h>
#include <string.h>

#include <EGL/egl.h>

#include "base/log.h"
#include "bounds.h"
#include "client.h"
#include "context.h"
#include "host.h"
#include "names.h"
#include "share.h"
#include "stream.h"
#include "validate.h"
#include "xg_thunks.h"

#define MODULE "replay"

/*
 * What the driver is given in place of shared memory, which may change between two looks at it, and
 * in place of memory whose size nobody knows.
 */
struct xg_replay_scratch {
	_Alignas(16) uint8_t outputs[XG_PAYLOAD_MAX][XG_PAYLOAD_SCRATCH];
	void *shared[XG_PAYLOAD_MAX]; /* where an output goes afterwards; NULL: it is there */
	char *inputs[XG_PAYLOAD_MAX];
	size_t input_size[XG_PAYLOAD_MAX];
};

/* A copy of an input, ended with a NUL, for text might lose its own. */
static void *copy_input(
	struct xg_replay_scratch *scratch, uint32_t i, const void *shared, size_t size)
{
	if (scratch->input_size[i] <= size) {
		scratch->input_size[i] = size + 1;
		scratch->inputs[i] = realloc(scratch->inputs[i], size + 1);
		if (!scratch->inputs[i])
			abort();
	}
	memcpy(scratch->inputs[i], shared, size);
	scratch->inputs[i][size] = '\0';
	return scratch->inputs[i];
}

/*
 * Whether an input means more to the driver than octets that it copies once: text, and arrays,
 * whose values it checks and then uses.
 */
static bool is_looked_at(const struct xg_payload_info *info)
{
	return info->rule == XG_RULE_STRING || info->rule == XG_RULE_TEXT ||
	       info->rule == XG_RULE_FIXED || info->factor > 1;
}

/*
 * A driver may read back what it wrote (how long a name is, before it adds to it). A large output
 * is an image or a text, which it only writes; a single value is small, whatever room there is. An
 * output that is kept is an image, and starts as the guest has laid it.
 */
static void *stand_in(struct xg_replay_scratch *scratch, uint32_t i,
	const struct xg_payload_info *info, void *shared, struct xg_payload *payload)
{
	if (info->rule == XG_RULE_FIXED)
		payload->size = info->factor;
	if (!shared || payload->size > XG_PAYLOAD_SCRATCH || (info->flags & XG_PAYLOAD_KEPT))
		return shared;
	scratch->shared[i] = shared;
	return memset(scratch->outputs[i], 0, payload->size);
}

/* The driver is done: outputs go where the guest wants them. */
static void hand_out(const struct xg_replay *r, const struct xg_payload *payloads, uint32_t count)
{
	struct xg_replay_scratch *scratch = r->scratch;

	for (uint32_t i = 0; i < count; i++) {
		if (scratch->shared[i])
			memcpy(scratch->shared[i], payloads[i].data, payloads[i].size);
		scratch->shared[i] = NULL;
	}
}

/* Finds one pointer argument's bytes. False if they are not there: the stream's rule says why. */
static bool gather_one(struct xg_replay *r, const struct xg_record_view *view,
	const struct xg_payload_info *info, const struct xg_validated_payload *validated,
	uint32_t i, struct xg_payload *payload)
{
	struct xg_replay_scratch *scratch = r->scratch;

	*payload = (struct xg_payload){NULL, validated->data.size, validated->is_known};
	if (!validated->is_known) {
		payload->size = 0;
		if (!(info->flags & XG_PAYLOAD_NULLABLE))
			payload->data = memset(scratch->outputs[i], 0, XG_PAYLOAD_SCRATCH);
		return true;
	}
	if (validated->data.place == XG_PLACE_NULL)
		return true;
	if (info->flags & XG_PAYLOAD_OUTPUT)
		payload->data = stand_in(scratch, i, info,
			xg_host_stream_output(r->stream, validated->data), payload);
	else
		payload->data = (void *)(uintptr_t)xg_host_stream_input(
			r->stream, view, validated->data, validated->inline_offset);
	if (!payload->data && payload->size)
		return false;
	if (!(info->flags & XG_PAYLOAD_OUTPUT) && validated->data.place != XG_PLACE_INLINE &&
		is_looked_at(info))
		payload->data = copy_input(scratch, i, payload->data, payload->size);
	return true;
}

static const char *gather(struct xg_replay *r, const struct xg_record_view *view,
	const struct xg_validated *validated, struct xg_payload *payloads)
{
	for (uint32_t i = 0; i < validated->call->payload_count; i++) {
		if (!gather_one(r, view, &validated->call->payloads[i], &validated->payloads[i], i,
			    &payloads[i]))
			return xg_host_stream_rule(r->stream);
	}
	return NULL;
}

/* GL after a binding that could no longer be made: nothing happens, and all answers are zero. */
static void answer_nothing(const struct xg_validated *validated, struct xg_payload *payloads)
{
	for (uint32_t i = 0; i < validated->call->payload_count; i++) {
		if ((validated->call->payloads[i].flags & XG_PAYLOAD_OUTPUT) && payloads[i].data)
			memset(payloads[i].data, 0, payloads[i].size);
	}
}

/* GL, in the current context's turn: no other context of its share group is in the driver. */
static inline void play_gl(struct xg_replay *r, const void *command, uint16_t opcode,
	const struct xg_payload *payloads)
{
	xg_turn_enter(r->turn, r->names);
	xg_thunks[opcode](r, command, payloads);
	xg_turn_leave(r->turn);
}

/* Replays one record of any kind. NULL, or the rule that it breaks. */
static const char *play_any(struct xg_replay *r, const struct xg_record_view *view)
{
	struct xg_validated validated;
	struct xg_payload payloads[XG_PAYLOAD_MAX];
	const char *rule = NULL;

	xg_host_stream_tell(r->stream);
	if (!xg_validate(view->record, view->size, xg_host_stream_bulk_size(r->stream), &validated,
		    &rule))
		return rule;
	if (!xg_thunks[validated.opcode])
		return "the command is not one that a guest may send";
	rule = gather(r, view, &validated, payloads);
	if (rule)
		return rule;
	if (validated.call->flags & XG_CALL_BOUNDED)
		xg_bounds_apply(
			validated.call, r->context ? r->context->limits.side : 0, view->record);
	if (r->is_traced)
		xg_log(XG_LOG_INFO, MODULE, "%u/%u %s, %u octets", r->client->id,
			xg_host_stream_id(r->stream), validated.call->name, view->size);

	r->result = 0;
	if (!(validated.call->flags & XG_CALL_GL))
		xg_thunks[validated.opcode](r, view->record, payloads);
	else if (r->context)
		play_gl(r, view->record, validated.opcode, payloads);
	else if (r->is_unbound)
		answer_nothing(&validated, payloads);
	else
		return "a GL command without a current context";
	hand_out(r, payloads, validated.call->payload_count);
	if (r->fault)
		return r->fault;
	if (view->wants_reply)
		xg_host_stream_reply(r->stream, r->result);
	return NULL;
}

/*
 * Replays small records from the front of what stands in private memory, all in one turn unless
 * other contexts want theirs. How many octets they were: 0 if another way is needed.
 */
static uint32_t play_short(struct xg_replay *r, const void *records, uint32_t size)
{
	struct xg_validated_input input = {0};
	struct xg_payload payload = {.is_known = true};
	uint32_t at = 0;

	if (!r->context || r->is_traced)
		return 0;
	xg_turn_enter(r->turn, r->names);
	while (size - at >= sizeof(struct xg_record)) {
		const struct xg_record *record = (const void *)((const uint8_t *)records + at);
		const uint32_t octets = xg_validate_short(record, size - at, &input);

		if (!octets)
			break;
		if (record->opcode == XG_OP_glDrawElements && r->context->joins_draws) {
			at += xg_replay_draws(r, record, size - at);
		} else {
			payload.data = (void *)(uintptr_t)input.data;
			payload.size = input.size;
			xg_thunks[record->opcode](r, record, &payload);
			at += octets;
		}
		if (r->fault || xg_host_stream_is_killed(r->stream))
			break;
		if (xg_turn_is_shared(r->turn)) {
			xg_turn_leave(r->turn);
			xg_turn_enter(r->turn, r->names);
		}
	}
	xg_turn_leave(r->turn);
	return at;
}

/* Replays the next record, however it is, and waits for it. False: that was the end. */
static bool play_next(struct xg_replay *r)
{
	struct xg_record_view view;

	switch (xg_host_stream_next(r->stream, &view)) {
	case XG_STREAM_RECORD:
		break;
	case XG_STREAM_BROKEN:
		xg_replay_fault(r, xg_host_stream_rule(r->stream));
		return false;
	case XG_STREAM_CLOSED:
		return false;
	}
	if (view.wants_reply || !play_short(r, view.record, view.size)) {
		const char *rule = play_any(r, &view);

		if (rule)
			xg_replay_fault(r, rule);
	}
	if (!r->fault)
		xg_host_stream_consume(r->stream);
	return !r->fault;
}

void xg_replay_fault(struct xg_replay *r, const char *rule)
{
	if (!r->fault)
		r->fault = rule;
}

static void init_replay(
	struct xg_replay *r, struct xg_client *client, struct xg_host_stream *stream)
{
	*r = (struct xg_replay){
		.gl = &client->host->gl,
		.client = client,
		.stream = stream,
		.is_traced = client->host->is_traced,
		.scratch = calloc(1, sizeof(struct xg_replay_scratch)),
	};
	if (!r->scratch)
		abort();
}

static void finish_replay(struct xg_replay *r)
{
	xg_replay_release_current(r);
	for (uint32_t i = 0; i < XG_PAYLOAD_MAX; i++)
		free(r->scratch->inputs[i]);
	free(r->scratch);
}

/* What is looked at behind a record that was not small: the next may be like it. */
#define GLANCE_FIRST 128u

const char *xg_replay_run(struct xg_client *client, struct xg_host_stream *stream)
{
	struct xg_replay r;
	bool goes_on = true;
	uint32_t most = GLANCE_FIRST;

	init_replay(&r, client, stream);
	while (goes_on) {
		const void *untrusted_records;
		const uint32_t size = xg_host_stream_glance(stream, most, &untrusted_records);
		const uint32_t played = size ? play_short(&r, untrusted_records, size) : 0;

		if (played) {
			xg_host_stream_pass(stream, played);
			goes_on = !r.fault;
		} else {
			goes_on = play_next(&r);
		}
		most = played ? XG_GLANCE_MAX : GLANCE_FIRST;
	}
	finish_replay(&r);
	eglReleaseThread();
	return r.fault;
}
