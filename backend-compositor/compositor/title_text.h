/* SPDX-License-Identifier: MIT */
/* Titles are chosen by guests, and stand beside what the compositor says about those guests. */
#ifndef XG_COMPOSITOR_TITLE_TEXT_H
#define XG_COMPOSITOR_TITLE_TEXT_H

#include <stddef.h>

/*
 * Copies a title so that it can be shown: valid UTF-8 of at most size_bytes with the end, no
 * control characters, and nothing that turns the direction of writing or has no width, which could
 * make it run into the guest's name. A '?' stands for whatever may not be there.
 */
void xg_title_clean(char *clean, size_t size_bytes, const char *untrusted_title);

#endif
