/* SPDX-License-Identifier: MIT */
/* See pixel_layout.h. */
#include "gles/pixel_layout.h"

#include "base/checked.h"
#include "size.h"

uint64_t xg_row_stride(const struct xg_pixel_store *store, size_t texel, int32_t width)
{
	const uint64_t pixels = (uint64_t)(store->row_length > 0 ? store->row_length : width);
	const uint64_t alignment = (uint64_t)store->alignment;

	return (texel * pixels + alignment - 1) / alignment * alignment;
}

bool xg_lay_out(struct xg_layout *layout, const struct xg_pixel_store *store, uint32_t format,
	uint32_t type, int32_t width, int32_t height, int32_t depth, int dimensions)
{
	size_t texel;

	if (width <= 0 || height <= 0 || depth <= 0 ||
		!xg_size_image(format, type, 1, 1, 1, &texel) || !texel ||
		!checked_mul(texel, (size_t)width, &layout->row))
		return false;
	const size_t height_all =
		(size_t)(dimensions > 2 && store->image_height > 0 ? store->image_height : height);

	/* Where a size_t has 32 bits it wraps as addresses do, so that rows are found all the same,
	 * and as natively. */
	layout->row_stride = (size_t)xg_row_stride(store, texel, width);
	layout->image_stride = layout->row_stride * height_all;
	layout->skip = (dimensions > 2 ? (size_t)store->skip_images * layout->image_stride : 0) +
		       (size_t)store->skip_rows * layout->row_stride +
		       (size_t)store->skip_pixels * texel;
	layout->rows = (size_t)height;
	layout->images = (size_t)depth;
	if (store->is_reversed) {
		layout->skip += ((size_t)height - 1) * layout->row_stride;
		layout->row_stride = 0 - layout->row_stride;
	}
	layout->is_tight = (height == 1 || layout->row_stride == layout->row) &&
			   (depth == 1 || layout->image_stride == layout->row * (size_t)height);
	return true;
}
