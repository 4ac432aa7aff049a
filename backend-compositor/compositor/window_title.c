/* SPDX-License-Identifier: MIT */
/*
 * See window_title.h. The guest's name stands in a field of its own, which the title cannot reach:
 * "NAME" on the guest's colour, then "— title", then the button that closes the window.
 */
#include "window_title.h"

#include <stdbool.h>
#include <stdlib.h>
#include <cairo.h>
#include <wayland-server-protocol.h>

#include "guest.h"
#include "texture.h"
#include "window.h"
#include "window_frame.h"
#include "xdg_toplevel.h"

#define FONT_SIZE   13.0
#define MARGIN	    10.0
#define CROSS	    4.5
#define TITLE_BYTES 512

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

static void set_source(cairo_t *cairo, const float rgb[3], double shade)
{
	cairo_set_source_rgb(cairo, rgb[0] * shade, rgb[1] * shade, rgb[2] * shade);
}

static double show_text(cairo_t *cairo, const char *text, double x, double height, bool bold)
{
	cairo_font_extents_t font;
	cairo_text_extents_t extents;

	cairo_select_font_face(cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
		bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(cairo, FONT_SIZE);
	cairo_font_extents(cairo, &font);
	cairo_text_extents(cairo, text, &extents);
	cairo_move_to(cairo, x, (height + font.ascent - font.descent) / 2);
	cairo_show_text(cairo, text);
	return x + extents.x_advance;
}

static void draw_cross(cairo_t *cairo, double x, double y)
{
	cairo_set_line_width(cairo, 1.8);
	cairo_move_to(cairo, x - CROSS, y - CROSS);
	cairo_line_to(cairo, x + CROSS, y + CROSS);
	cairo_move_to(cairo, x + CROSS, y - CROSS);
	cairo_line_to(cairo, x - CROSS, y + CROSS);
	cairo_stroke(cairo);
}

static void draw(cairo_t *cairo, const struct xg_window *window, double width, double height)
{
	const float *rgb = window->guest->rgb;
	const double shade = window->is_active ? 1.0 : 0.72;
	const double light = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
	const double ink = light * shade > 0.5 ? 0.0 : 1.0;
	const char *title = window->toplevel->title;
	char clean[TITLE_BYTES];

	set_source(cairo, rgb, shade);
	cairo_paint(cairo);
	cairo_set_source_rgb(cairo, ink, ink, ink);
	draw_cross(cairo, width - height / 2, height / 2);

	cairo_rectangle(cairo, 0, 0, width - height, height);
	cairo_clip(cairo);
	const double end = show_text(cairo, window->guest->name, MARGIN, height, true);
	if (title && title[0]) {
		xg_title_clean(clean, sizeof(clean), title);
		show_text(cairo, clean, show_text(cairo, " — ", end, height, false), height, false);
	}
}

void xg_window_title_draw(struct xg_window *window, int32_t width, int32_t height)
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	cairo_t *cairo = cairo_create(surface);

	draw(cairo, window, width, height);
	cairo_destroy(cairo);
	cairo_surface_flush(surface);
	if (!window->title)
		window->title = xg_texture_create();
	if (!window->title)
		abort();

	const struct xg_pixels pixels = {
		.format = WL_SHM_FORMAT_XRGB8888,
		.width = width,
		.height = height,
		.stride_bytes = cairo_image_surface_get_stride(surface),
		.data = cairo_image_surface_get_data(surface),
	};
	xg_texture_upload(window->title, &pixels, NULL);
	cairo_surface_destroy(surface);
}
