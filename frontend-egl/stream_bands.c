/* SPDX-License-Identifier: MIT */
/*
 * See stream_bands.h. All bands together borrow one part of bulk, for XG_BANDS_AT_ONCE of them: in
 * the bulk's own order a part would be free as soon as the host has replayed its command.
 */
#include "stream_bands.h"

#include "stream_cold.h"

size_t xg_stream_band_size(const struct xg_stream *stream, size_t size)
{
	return stream->cold->has_bands && size > XG_BAND_SIZE ? XG_BAND_SIZE : size;
}

/* A command costs as much as some kilobytes do: no band has to be smaller. And while the guest
 * copies the last ones the host has nothing to do: it should not fall asleep. */
#define READ_BAND_LEAST 16384u
#define READ_BAND_MOST	65536u

size_t xg_stream_read_band_size(size_t size)
{
	const size_t even = size / XG_BANDS_AT_ONCE;

	return even < READ_BAND_LEAST  ? READ_BAND_LEAST
	       : even < READ_BAND_MOST ? even
				       : READ_BAND_MOST;
}

/* Bands from taken on to asked are under way. */
struct flight {
	struct xg_stream *stream;
	const struct xg_bands *bands;
	struct xg_data places[XG_BANDS_AT_ONCE];
	uint32_t replies[XG_BANDS_AT_ONCE]; /* the numbers of the answers that are awaited */
	uint32_t asked, taken;
};

static void ask(struct flight *flight)
{
	const struct xg_bands *bands = flight->bands;
	const uint32_t slot = flight->asked % XG_BANDS_AT_ONCE;
	const struct xg_data place = flight->places[slot];

	bands->ask(
		bands->argument, flight->asked, place, xg_stream_borrowed(flight->stream, place));
	xg_stream_flush(flight->stream);
	flight->replies[slot] = xg_stream_expect_reply(flight->stream);
	flight->asked++;
}

/* The next band's answer, and what has come with it if it is still wanted. */
static enum xg_bands_end take(struct flight *flight, bool is_wanted)
{
	const struct xg_bands *bands = flight->bands;
	const uint32_t band = flight->taken++, slot = band % XG_BANDS_AT_ONCE;
	uint64_t result;

	if (!xg_stream_wait_replies(flight->stream, flight->replies[slot], &result) || !result)
		return XG_BANDS_REFUSED;
	if (is_wanted && !bands->take(bands->argument, band,
				 xg_stream_borrowed(flight->stream, flight->places[slot])))
		return XG_BANDS_STOPPED;
	return XG_BANDS_DONE;
}

static enum xg_bands_end fly(struct flight *flight)
{
	enum xg_bands_end end = XG_BANDS_DONE;

	while (end == XG_BANDS_DONE && flight->taken < flight->bands->count) {
		while (flight->asked < flight->bands->count &&
			flight->asked - flight->taken < XG_BANDS_AT_ONCE)
			ask(flight);
		end = take(flight, true);
	}
	/* The host writes no more to what is given back. */
	while (flight->taken < flight->asked)
		take(flight, false);
	return end;
}

enum xg_bands_end xg_stream_read_bands(struct xg_stream *stream, const struct xg_bands *bands)
{
	const uint32_t at_once = bands->count < XG_BANDS_AT_ONCE ? bands->count : XG_BANDS_AT_ONCE;
	const uint32_t units =
		(uint32_t)(((size_t)bands->size + XG_PLACE_UNIT - 1) / XG_PLACE_UNIT);
	const uint32_t first = xg_stream_borrow(stream, (size_t)units * XG_PLACE_UNIT * at_once);
	struct flight flight = {.stream = stream, .bands = bands};

	if (first == 0)
		return XG_BANDS_NONE;
	for (uint32_t i = 0; i < XG_BANDS_AT_ONCE; i++)
		flight.places[i] = (struct xg_data){bands->size, first + i * units};
	return fly(&flight);
}
