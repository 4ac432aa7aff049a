/* SPDX-License-Identifier: MIT */
/* See validate.h. A function that refuses says why in *rule and returns false. */
#include "validate.h"

#include <string.h>

#include "base/checked.h"

struct cursor {
	const uint8_t *record;
	size_t size;
	size_t at; /* end of what was looked at */
	uint32_t bulk_size;
	const char **rule;
};

static bool refuse(const struct cursor *c, const char *rule)
{
	*c->rule = rule;
	return false;
}

static uint32_t read32(const uint8_t *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

static bool has_only_zeros(const uint8_t *at, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (at[i])
			return false;
	}
	return true;
}

static bool check_head(const struct cursor *c, const struct xg_call_info *call)
{
	const struct xg_record *head = (const struct xg_record *)c->record;
	const uint16_t wanted = call->flags & XG_CALL_REPLY ? XG_RECORD_REPLY : 0;

	if (head->size != c->size || c->size > XG_RECORD_SIZE_MAX ||
		c->size % XG_RECORD_ALIGNMENT != 0)
		return refuse(c, "record size");
	if (head->flags != wanted)
		return refuse(c, "record flags");
	if (c->size < call->size)
		return refuse(c, "arguments cut off");
	for (uint64_t words = call->padding; words; words &= words - 1) {
		if (read32(c->record + 4 * __builtin_ctzll(words)))
			return refuse(c, "padding between arguments");
	}
	return true;
}

/* The argument that counts a payload; GL's counts are signed. */
static int64_t read_count(const struct cursor *c, const struct xg_payload_info *info)
{
	int32_t count32;
	int64_t count64;

	const bool is_unsigned = info->flags & XG_PAYLOAD_UNSIGNED;

	if (info->count_size == sizeof(count64)) {
		memcpy(&count64, c->record + info->count_offset, sizeof(count64));
		return is_unsigned && count64 < 0 ? INT64_MAX : count64;
	}
	memcpy(&count32, c->record + info->count_offset, sizeof(count32));
	return is_unsigned ? (int64_t)(uint32_t)count32 : count32;
}

/* What size the arguments say; is_known false if they do not. */
static bool wanted_size(
	const struct cursor *c, const struct xg_payload_info *info, size_t *size, bool *is_known)
{
	int64_t count;

	*size = 0;
	*is_known = true;
	switch ((enum xg_rule)info->rule) {
	case XG_RULE_FIXED:
		*size = info->factor;
		return true;
	case XG_RULE_COUNTED:
	case XG_RULE_TEXT:
		count = read_count(c, info);
		if (count < 0 && info->rule == XG_RULE_TEXT)
			return refuse(c, "negative text length");
		/* A count has up to 64 bits, also where a size has 32. */
		if (count > 0 && __builtin_mul_overflow((uint64_t)count, info->factor, size))
			return refuse(c, "payload size overflows");
		return true;
	case XG_RULE_SIZED:
		*is_known = info->size(c->record, size);
		if (!checked_mul(*size, info->factor, size))
			return refuse(c, "payload size overflows");
		return true;
	case XG_RULE_STRING:
	case XG_RULE_ARGUMENT:
		return true;
	}
	return refuse(c, "payload rule");
}

static bool check_place(
	struct cursor *c, const struct xg_payload_info *info, struct xg_validated_payload *payload)
{
	const struct xg_data data = payload->data;
	const bool is_input = !(info->flags & XG_PAYLOAD_OUTPUT);

	switch (data.place) {
	case XG_PLACE_NULL:
		return data.size == 0 || refuse(c, "a NULL payload with a size");
	case XG_PLACE_STAGED:
		return true;
	case XG_PLACE_INLINE:
		if (!is_input)
			return true;
		if (data.size > c->size - c->at)
			return refuse(c, "inline payload cut off");
		payload->inline_offset = (uint32_t)c->at;
		c->at += xg_wire_pad(data.size);
		if (!has_only_zeros(c->record + payload->inline_offset + data.size,
			    xg_wire_pad(data.size) - data.size))
			return refuse(c, "padding after a payload");
		return true;
	default:
		if (data.place < XG_PLACE_BULK)
			return refuse(c, "payload place");
		if ((uint64_t)data.place * XG_PLACE_UNIT + data.size > c->bulk_size)
			return refuse(c, "payload outside the bulk region");
		return true;
	}
}

/* One that is not in the record is ended by who copies it. */
static bool is_string(const struct cursor *c, const struct xg_validated_payload *payload)
{
	const uint32_t size = payload->data.size;
	const uint8_t *text = c->record + payload->inline_offset;

	return size > 0 &&
	       (payload->data.place != XG_PLACE_INLINE || memchr(text, 0, size) == text + size - 1);
}

static bool check_size(const struct cursor *c, const struct xg_payload_info *info,
	const struct xg_validated_payload *payload, size_t wanted)
{
	const struct xg_data data = payload->data;

	if (data.place == XG_PLACE_NULL)
		return info->flags & XG_PAYLOAD_NULLABLE ||
		       (wanted == 0 && info->rule != XG_RULE_STRING) ||
		       refuse(c, "a NULL payload where none may be");
	if (info->rule == XG_RULE_ARGUMENT)
		return true;
	if (info->rule == XG_RULE_STRING)
		return is_string(c, payload) || refuse(c, "a string without its end");
	if (info->flags & XG_PAYLOAD_OUTPUT && payload->is_known)
		return data.size >= wanted || refuse(c, "an output that is too small");
	return data.size == wanted || refuse(c, "payload size");
}

static bool check_payload(
	struct cursor *c, const struct xg_payload_info *info, struct xg_validated_payload *payload)
{
	size_t wanted;

	*payload = (struct xg_validated_payload){
		.data = {read32(c->record + info->offset), read32(c->record + info->offset + 4)},
	};
	return wanted_size(c, info, &wanted, &payload->is_known) && check_place(c, info, payload) &&
	       check_size(c, info, payload, wanted);
}

bool xg_validate(const void *record, size_t size, uint32_t bulk_size, struct xg_validated *out,
	const char **rule)
{
	struct cursor c = {.record = record, .size = size, .bulk_size = bulk_size, .rule = rule};
	const struct xg_record *head = record;

	if (size < sizeof(*head))
		return refuse(&c, "record size");
	if (head->opcode > XG_OPCODE_LAST || !xg_calls[head->opcode].name)
		return refuse(&c, "unknown opcode");
	out->opcode = head->opcode;
	out->call = &xg_calls[head->opcode];
	if (!check_head(&c, out->call))
		return false;
	c.at = out->call->size;
	for (uint8_t i = 0; i < out->call->payload_count; i++) {
		if (!check_payload(&c, &out->call->payloads[i], &out->payloads[i]))
			return false;
	}
	return c.at == c.size || refuse(&c, "octets left over");
}
