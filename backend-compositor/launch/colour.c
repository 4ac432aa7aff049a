/* SPDX-License-Identifier: MIT */
/* See colour.h. */
#include "colour.h"

#include <stddef.h>

/* Told apart on a dark and on a bright screen; the first is a title bar's usual blue. */
static const char *const colours[] = {
	"3465a4",
	"4e9a06",
	"cc0000",
	"f57900",
	"75507b",
	"c4a000",
	"06989a",
	"8f5902",
};

const char *xg_guest_colour(unsigned index)
{
	return colours[index % (sizeof(colours) / sizeof(colours[0]))];
}
