/* SPDX-License-Identifier: MIT */
/*
 * See window_title.h. The guest's name stands on a field of its own, which the title cannot reach:
 * the name, then the title, cut where there is no room, then the button that closes the window.
 */
#include "window_title.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <cairo.h>
#include <wayland-server-protocol.h>

#include "guest.h"
#include "texture.h"
#include "title_text.h"
#include "window.h"
#include "window_frame.h"
#include "xdg_shell.h"
#include "xdg_toplevel.h"

#define FONT_SIZE	13.0
#define STRIP_FONT_SIZE 11.0
/* From the bar's end to the name's field, within it, and behind it. */
#define MARGIN	    5.0
#define FIELD	    7.0
#define GAP	    8.0
#define RADIUS	    4.0
#define CROSS	    3.5
#define TITLE_BYTES 512

static const char cut_mark[] = "…";

static void set_font(cairo_t *cairo, double size, bool bold)
{
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_ON);
	cairo_set_font_options(cairo, options);
	cairo_font_options_destroy(options);
	cairo_select_font_face(cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
		bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(cairo, size);
}

static double width_of(cairo_t *cairo, const char *text)
{
	cairo_text_extents_t extents;

	cairo_text_extents(cairo, text, &extents);
	return ceil(extents.x_advance);
}

/* Shortens the text in place, which has room for the mark behind its end, until it fits. */
static void cut(cairo_t *cairo, char *text, double room)
{
	size_t length = strlen(text);

	if (width_of(cairo, text) <= room)
		return;
	while (length > 0) {
		/* Back over one character of UTF-8. */
		do
			length--;
		while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80);
		strcpy(text + length, cut_mark);
		if (width_of(cairo, text) <= room)
			return;
	}
	text[0] = '\0';
}

static void show(cairo_t *cairo, const char *text, double x, double height)
{
	cairo_font_extents_t font;

	cairo_font_extents(cairo, &font);
	cairo_move_to(cairo, x, round((height + font.ascent - font.descent) / 2));
	cairo_show_text(cairo, text);
}

static void trace_field(cairo_t *cairo, double x, double y, double width, double height)
{
	const double right = x + width - RADIUS, bottom = y + height - RADIUS;

	cairo_new_sub_path(cairo);
	cairo_arc(cairo, right, y + RADIUS, RADIUS, -M_PI / 2, 0);
	cairo_arc(cairo, right, bottom, RADIUS, 0, M_PI / 2);
	cairo_arc(cairo, x + RADIUS, bottom, RADIUS, M_PI / 2, M_PI);
	cairo_arc(cairo, x + RADIUS, y + RADIUS, RADIUS, M_PI, M_PI * 3 / 2);
	cairo_close_path(cairo);
}

/* How the bar looks: a ground of the guest's colour, and black or white on it. */
struct look {
	double ground[3], ink;
	bool is_active;
};

static struct look look_of(const struct xg_window *window)
{
	const float *rgb = window->guest->rgb;
	const double light = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
	const double shade = window->is_active ? 1.0 : 0.72;

	return (struct look){{rgb[0] * shade, rgb[1] * shade, rgb[2] * shade},
		light > 0.5 ? 0.0 : 1.0, window->is_active};
}

static void set_ground(cairo_t *cairo, const struct look *look)
{
	cairo_set_source_rgb(cairo, look->ground[0], look->ground[1], look->ground[2]);
}

static void set_ink(cairo_t *cairo, const struct look *look, double strength)
{
	cairo_set_source_rgba(cairo, look->ink, look->ink, look->ink, strength);
}

static void draw_button(cairo_t *cairo, const struct look *look, double x, double y)
{
	if (look->is_active) {
		cairo_arc(cairo, x, y, 8.5, 0, 2 * M_PI);
		set_ink(cairo, look, 0.16);
		cairo_fill(cairo);
	}
	set_ink(cairo, look, look->is_active ? 1 : 0.7);
	cairo_set_line_width(cairo, 1.6);
	cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
	cairo_move_to(cairo, x - CROSS, y - CROSS);
	cairo_line_to(cairo, x + CROSS, y + CROSS);
	cairo_move_to(cairo, x + CROSS, y - CROSS);
	cairo_line_to(cairo, x - CROSS, y + CROSS);
	cairo_stroke(cairo);
}

/* Returns where the field ends. */
static double draw_name(
	cairo_t *cairo, const struct look *look, const char *name, double end, double height)
{
	char text[XG_GUEST_NAME_MAX + sizeof(cut_mark)];

	strcpy(text, name);
	set_font(cairo, FONT_SIZE, true);
	cut(cairo, text, end - MARGIN - 2 * FIELD);

	const double width = width_of(cairo, text) + 2 * FIELD;
	trace_field(cairo, MARGIN, 4, width, height - 8);
	set_ink(cairo, look, 0.92);
	cairo_fill(cairo);
	set_ground(cairo, look);
	show(cairo, text, MARGIN + FIELD, height);
	return MARGIN + width;
}

static void draw_title(cairo_t *cairo, const struct look *look, const struct xg_toplevel *toplevel,
	double x, double end, double height)
{
	char text[TITLE_BYTES + sizeof(cut_mark)];

	const bool is_unresponsive = toplevel->xdg->base && toplevel->xdg->base->is_unresponsive;

	/* First, since the title may be longer than the bar. */
	strcpy(text, is_unresponsive ? "(not responding) " : "");
	const size_t length = strlen(text);
	xg_title_clean(text + length, TITLE_BYTES - length, toplevel->title ? toplevel->title : "");
	set_font(cairo, FONT_SIZE, false);
	cut(cairo, text, end - x);
	set_ink(cairo, look, look->is_active ? 0.95 : 0.75);
	show(cairo, text, x, height);
}

static void draw_bar(cairo_t *cairo, const struct xg_window *window, int32_t width, int32_t height)
{
	const struct look look = look_of(window);
	const double end = width - height;

	set_ground(cairo, &look);
	cairo_paint(cairo);
	cairo_rectangle(cairo, 0, height - 1, width, 1);
	cairo_set_source_rgba(cairo, 0, 0, 0, 0.25);
	cairo_fill(cairo);
	draw_button(cairo, &look, end + height / 2.0, height / 2.0);

	const double x = draw_name(cairo, &look, window->guest->name, end, height);
	draw_title(cairo, &look, window->toplevel, x + GAP, end, height);
}

static void draw_strip(
	cairo_t *cairo, const struct xg_window *window, int32_t width, int32_t height)
{
	struct look look = look_of(window);
	const char *name = window->guest->name;

	look.is_active = true;
	cairo_set_source_rgb(
		cairo, window->guest->rgb[0], window->guest->rgb[1], window->guest->rgb[2]);
	cairo_paint(cairo);
	set_font(cairo, STRIP_FONT_SIZE, true);
	set_ink(cairo, &look, 1);
	show(cairo, name, floor((width - width_of(cairo, name)) / 2), height);
}

void xg_window_title_draw(struct xg_window *window, int32_t width, int32_t height)
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	cairo_t *cairo = cairo_create(surface);

	if (window->mode == XG_WINDOW_FULLSCREEN)
		draw_strip(cairo, window, width, height);
	else
		draw_bar(cairo, window, width, height);
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

int32_t xg_window_title_least_width(const struct xg_guest *guest)
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
	cairo_t *cairo = cairo_create(surface);

	set_font(cairo, FONT_SIZE, true);
	const double width = MARGIN + width_of(cairo, guest->name) + 2 * FIELD;
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return (int32_t)width + XG_FRAME_TITLE_HEIGHT;
}
