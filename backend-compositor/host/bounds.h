/* SPDX-License-Identifier: MIT */
/*
 * Drivers add and multiply sizes, places and offsets before they look whether the result is too
 * large. What wraps is then taken for small: Mesa 22.3 writes a texel at xoffset 2^31 - 1, copies
 * from and to outside of a buffer, and counts more mipmap levels than it has room for. So that no
 * sum of two numbers wraps, each is bounded here, before any thunk sees it, to what is as wrong as
 * it was: the driver raises the error that it would have raised.
 */
#ifndef XG_HOST_BOUNDS_H
#define XG_HOST_BOUNDS_H

#include <stdint.h>

struct xg_call_info;

/*
 * Bounds the numbers of a command, which has passed the validator, in place. extent_max is the
 * largest side of an image that the driver has: a larger one becomes that and one, a negative one
 * is at least minus that. Any thread.
 */
void xg_bounds_apply(const struct xg_call_info *call, int32_t extent_max, void *command);

#endif
