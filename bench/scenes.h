/* SPDX-License-Identifier: MIT */
/*
 * The scenes of bench-scenes: each draws a kind of work that programs have, off the screen. What a
 * frame looks like depends on its number, and on no frame but the three before.
 */
#ifndef XG_BENCH_SCENES_H
#define XG_BENCH_SCENES_H

#include <stddef.h>

enum { BENCH_WIDTH = 1024, BENCH_HEIGHT = 768 };

struct bench_scene {
	const char *name;
	void (*prepare)(void); /* once, in a context of its own */
	/* Into the framebuffer, which is bound, and cleared. */
	void (*draw)(unsigned frame, unsigned framebuffer);
};

extern const struct bench_scene bench_scenes[];
extern const size_t bench_scene_count;

#endif
