/* SPDX-License-Identifier: MIT */
/* See marshal.h. */
#include "relay/marshal.h"

#include <string.h>

#include "xenglass/control_wayland.h"

struct reader {
	const uint8_t *at;
	size_t left;
};

static size_t pad(size_t size)
{
	return (size + 3) & ~(size_t)3;
}

uint32_t xg_signature_since(const char *signature)
{
	uint32_t since = 0;

	for (; *signature >= '0' && *signature <= '9'; signature++)
		since = since * 10 + (uint32_t)(*signature - '0');
	return since ? since : 1;
}

uint32_t xg_values_init(const char *signature, struct xg_value values[XG_VALUES_MAX])
{
	uint32_t count = 0;
	bool is_nullable = false;

	for (; *signature && count < XG_VALUES_MAX; signature++) {
		if (*signature == '?') {
			is_nullable = true;
		} else if (*signature < '0' || *signature > '9') {
			values[count++] =
				(struct xg_value){.type = *signature, .is_nullable = is_nullable};
			is_nullable = false;
		}
	}
	return count;
}

static bool take(struct reader *reader, void *destination, size_t size)
{
	if (reader->left < size)
		return false;
	memcpy(destination, reader->at, size);
	reader->at += size;
	reader->left -= size;
	return true;
}

static bool take_bytes(struct reader *reader, struct xg_value *value)
{
	if (!take(reader, &value->size, sizeof(value->size)) || value->size > XG_WL_MESSAGE_MAX ||
		pad(value->size) > reader->left)
		return false;
	value->bytes = reader->at;
	reader->at += pad(value->size);
	reader->left -= pad(value->size);
	return true;
}

/* The rule that the string breaks, or NULL. */
static const char *check_string(struct xg_value *value)
{
	if (value->size == 0) {
		value->bytes = NULL;
		return value->is_nullable ? NULL : "a string is missing";
	}
	if (memchr(value->bytes, 0, value->size) != (const char *)value->bytes + value->size - 1)
		return "a string does not end with its only NUL";
	return NULL;
}

static const char *decode_value(struct reader *reader, struct xg_value *value)
{
	static const char short_message[] = "arguments end before the signature does";

	switch (value->type) {
	case 'i':
	case 'f':
	case 'u':
	case 'h':
		return take(reader, &value->unsigned_number, 4) ? NULL : short_message;
	case 'o':
	case 'n':
		if (!take(reader, &value->object, 8))
			return short_message;
		return value->object || value->is_nullable ? NULL : "an object is missing";
	case 's':
		return take_bytes(reader, value) ? check_string(value) : short_message;
	default:
		return take_bytes(reader, value) ? NULL : short_message;
	}
}

bool xg_values_decode(const char *signature, const void *untrusted_bytes, size_t size,
	struct xg_value values[XG_VALUES_MAX], uint32_t *count, const char **rule)
{
	struct reader reader = {untrusted_bytes, size};

	*count = xg_values_init(signature, values);
	for (uint32_t i = 0; i < *count; i++) {
		*rule = decode_value(&reader, &values[i]);
		if (*rule)
			return false;
	}
	if (reader.left) {
		*rule = "bytes are left over after the arguments";
		return false;
	}
	if (xg_values_wayland_size(values, *count) > XG_WL_MESSAGE_MAX) {
		*rule = "the message is longer than Wayland allows";
		return false;
	}
	return true;
}

size_t xg_values_size(const struct xg_value *values, uint32_t count)
{
	size_t size = 0;

	for (uint32_t i = 0; i < count; i++) {
		switch (values[i].type) {
		case 'o':
		case 'n':
			size += 8;
			break;
		case 's':
		case 'a':
			size += 4 + pad(values[i].size);
			break;
		default:
			size += 4;
		}
	}
	return size;
}

void xg_values_encode(const struct xg_value *values, uint32_t count, void *room)
{
	uint8_t *at = room;

	for (uint32_t i = 0; i < count; i++) {
		const struct xg_value *value = &values[i];

		switch (value->type) {
		case 'o':
		case 'n':
			memcpy(at, &value->object, 8);
			at += 8;
			break;
		case 's':
		case 'a':
			memcpy(at, &value->size, 4);
			memset(at + 4, 0, pad(value->size));
			if (value->size)
				memcpy(at + 4, value->bytes, value->size);
			at += 4 + pad(value->size);
			break;
		default:
			memcpy(at, &value->unsigned_number, 4);
			at += 4;
		}
	}
}

size_t xg_values_wayland_size(const struct xg_value *values, uint32_t count)
{
	size_t size = 8;

	for (uint32_t i = 0; i < count; i++) {
		switch (values[i].type) {
		case 'h':
			break;
		case 's':
		case 'a':
			size += 4 + pad(values[i].size);
			break;
		default:
			size += 4;
		}
	}
	return size;
}
