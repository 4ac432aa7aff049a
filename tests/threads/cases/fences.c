/* SPDX-License-Identifier: MIT */
/*
 * Fences that one thread makes and many wait for, on the CPU and on the GPU, in contexts that share
 * and in such as do not; all see them signaled, and the maker destroys them afterwards.
 */
#include "../threads.h"

enum { WAITERS = 4, STEPS = 25 };

static pthread_barrier_t barrier;
static EGLContext contexts[WAITERS];
static EGLSync fence;
static struct tally {
	unsigned satisfied, failed;
} tallies[WAITERS];

static void *wait_for_each(void *data)
{
	struct tally *self = data;
	EGLSurface surface = enter(contexts[self - tallies]);

	for (unsigned step = 0; step < STEPS; step++) {
		pthread_barrier_wait(&barrier);
		if (self - tallies == 0)
			self->failed += !eglWaitSync(display, fence, 0);
		self->satisfied += eglClientWaitSync(display, fence, 0, EGL_FOREVER) ==
				   EGL_CONDITION_SATISFIED;
		pthread_barrier_wait(&barrier);
	}
	leave(surface);
	return NULL;
}

XG_EGL_CASE(fences)
{
	EGLContext context = new_context(EGL_NO_CONTEXT);
	pthread_t waiters[WAITERS];
	unsigned signaled = 0;

	pthread_barrier_init(&barrier, NULL, WAITERS + 1);
	for (int i = 0; i < WAITERS; i++)
		contexts[i] = new_context(i % 2 ? context : EGL_NO_CONTEXT);
	for (int i = 0; i < WAITERS; i++)
		pthread_create(&waiters[i], NULL, wait_for_each, &tallies[i]);

	EGLSurface surface = enter(context);

	for (unsigned step = 0; step < STEPS; step++) {
		EGLAttrib status = 0;

		clear((float)step / STEPS, 0, 0, 1);
		fence = eglCreateSync(display, EGL_SYNC_FENCE, NULL);
		glFlush();
		pthread_barrier_wait(&barrier);
		pthread_barrier_wait(&barrier);
		eglGetSyncAttrib(display, fence, EGL_SYNC_STATUS, &status);
		signaled += status == EGL_SIGNALED;
		eglDestroySync(display, fence);
	}
	for (int i = 0; i < WAITERS; i++)
		pthread_join(waiters[i], NULL);
	pthread_barrier_destroy(&barrier);
	leave(surface);
	for (int i = 0; i < WAITERS; i++)
		say("waiter %d: %u satisfied, %u failed", i, tallies[i].satisfied,
			tallies[i].failed);
	say("%u of %u signaled", signaled, STEPS);
}
