/* SPDX-License-Identifier: MIT */
/*
 * See window_title.h. The guest's name stands in a field of its own, which the title cannot reach:
 * "NAME" on the guest's colour, then "— title", then the button that closes the window.
 */
#include "window_title.h"

#include <stdlib.h>
#include <cairo.h>
#include <wayland-server-protocol.h>

#include "guest.h"
#include "texture.h"
#include "title_text.h"
#include "window.h"
#include "window_frame.h"
#include "xdg_toplevel.h"

#define FONT_SIZE   13.0
#define MARGIN	    10.0
#define CROSS	    4.5
#define TITLE_BYTES 512

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
