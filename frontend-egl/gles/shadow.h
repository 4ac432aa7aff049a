/* SPDX-License-Identifier: MIT */
/*
 * A buffer object's shadow: a copy of its contents in the guest, for mappings that must show them
 * and for index scans. What fills it is xg_gl_buffer_contents (buffer.h).
 */
#ifndef XG_GLES_SHADOW_H
#define XG_GLES_SHADOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gles/share.h"

/* Zeros that can be mapped; to be freed by free(). NULL without memory. */
uint8_t *xg_shadow_allocate(size_t size);

/*
 * Room for the buffer's contents, which are not there yet, unless it has a shadow. False without
 * memory. That of the last one serves again: of a buffer that is read back in each frame no page is
 * ever new.
 */
bool xg_shadow_make(struct xg_buffer *buffer);

/* The contents of the shadow, if there is one, no longer hold. */
void xg_shadow_drop(struct xg_buffer *buffer);

#endif
