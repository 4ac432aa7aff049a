/* SPDX-License-Identifier: MIT */
/* See title_text.h. */
#include "title_text.h"

#include <stdbool.h>
#include <stdint.h>

/* Decodes one character and moves *text past it; -1 for what is not UTF-8, one byte then. */
static int32_t next_character(const unsigned char **text)
{
	static const int32_t smallest[] = {0, 0x80, 0x800, 0x10000};
	const unsigned char first = *(*text)++;
	const int more = first < 0x80		  ? 0
			 : (first & 0xe0) == 0xc0 ? 1
			 : (first & 0xf0) == 0xe0 ? 2
			 : (first & 0xf8) == 0xf0 ? 3
						  : -1;

	if (more <= 0)
		return more < 0 ? -1 : first;

	int32_t character = first & (0x3f >> more);
	for (int i = 0; i < more; i++) {
		if (((*text)[i] & 0xc0) != 0x80)
			return -1;
		character = character << 6 | ((*text)[i] & 0x3f);
	}
	*text += more;
	if (character < smallest[more] || character > 0x10ffff ||
		(character >= 0xd800 && character < 0xe000))
		return -1;
	return character;
}

static bool is_showable(int32_t character)
{
	return character >= 0x20 && !(character >= 0x7f && character < 0xa0) &&
	       character != 0x61c && !(character >= 0x200b && character <= 0x200f) &&
	       !(character >= 0x2028 && character <= 0x202e) &&
	       !(character >= 0x2060 && character <= 0x206f) && character != 0xfeff;
}

void xg_title_clean(char *clean, size_t size_bytes, const char *untrusted_title)
{
	const unsigned char *text = (const unsigned char *)untrusted_title;
	size_t length = 0;

	while (*text) {
		const unsigned char *start = text;
		const bool showable = is_showable(next_character(&text));
		const size_t bytes = showable ? (size_t)(text - start) : 1;

		if (length + bytes >= size_bytes)
			break;
		for (size_t i = 0; i < bytes; i++)
			clean[length++] = showable ? (char)start[i] : '?';
	}
	clean[length] = '\0';
}
