/* SPDX-License-Identifier: MIT */
/*
 * What the programs of this folder share besides the EGL cases' own (tests/egl/case.h): turns
 * between threads, a program that draws a texture, and checks of pixels. A step is checked where
 * it is drawn; the transcript has the sums, so that it does not depend on who ran when.
 */
#ifndef XG_TESTS_THREADS_H
#define XG_TESTS_THREADS_H

#include "../egl/case.h"

#include <pthread.h>

/* A counter that threads wait for: 2n is one side's turn, 2n + 1 the other's. */
struct turn {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	unsigned step;
};

#define TURN_FIRST                                                                                 \
	{                                                                                          \
		.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER             \
	}

void turn_await(struct turn *turn, unsigned step);
void turn_pass(struct turn *turn);

/* Makes context current with a pbuffer of 4 x 4, which it answers. */
EGLSurface enter(EGLContext context);
/* Nothing is current any longer, the pbuffer is gone, and the thread's state is released. */
void leave(EGLSurface surface);

/* The colour of a step: no two steps within 4096 have the same. */
void step_colour(unsigned step, uint8_t colour[4]);

/* Makes the bound texture 4 x 4, in the step's colour; refill only changes one that is so. */
void fill_texture(unsigned step);
void refill_texture(unsigned step);

/* A program in use that draws the texture of unit 0 all over; a framebuffer need not be bound. */
GLuint use_texture_program(void);
void draw_all(void);

/* 1 if the corners of what is drawn to have the step's colour, else 0. */
unsigned is_drawn(unsigned step);

#endif
