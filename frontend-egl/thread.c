/* SPDX-License-Identifier: MIT */
/*
 * See thread.h. The thread's end is seen by the destructor of a pthread key, whose value is the
 * thread's state; static thread storage is still there at that point.
 */
#include "thread.h"

#include <pthread.h>
#include <stdlib.h>

#include "connection.h"
#include "egl/context.h"
#include "egl/debug.h"
#include "egl/display.h"
#include "egl/surface.h"
#include "process.h"
#include "stream.h"

__thread struct xg_current xg_current_state;

static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key;
static unsigned forks; /* between the library's first use and this process */

static void destroy_thread(void *value)
{
	struct xg_thread *thread = value;

	xg_current_state.thread = thread;
	xg_context_release_current();
	xg_current_state.thread = NULL;
	xg_connection_stream_destroy(thread->connection, thread->stream);
	free(thread);
}

/*
 * The child has this thread alone. What the EGL lock guards is whole there; other locks may be held
 * by threads that it has not, for as long as a host takes to answer, so that a fork does not wait
 * for them: the child has them anew.
 */
static void handle_fork_child(void)
{
	forks++;
	xg_debug_forked();
	xg_display_forked();
	xg_process_forked();
	xg_swap_forked();
	xg_egl_unlock();
}

static void make_key(void)
{
	pthread_atfork(xg_egl_lock, xg_egl_unlock, handle_fork_child);
	has_key = pthread_key_create(&key, destroy_thread) == 0;
}

struct xg_thread *xg_thread_get(void)
{
	struct xg_thread *thread = xg_current_state.thread;

	if (thread) {
		/* Behind a fork, libEGL.so.1 begins anew without a word: nothing is current. */
		if (thread->forks != forks) {
			thread->forks = forks;
			xg_context_release_current();
		}
		return thread;
	}
	pthread_once(&key_once, make_key);
	if (!has_key)
		return NULL;
	thread = calloc(1, sizeof(*thread));
	if (!thread)
		return NULL;
	if (pthread_setspecific(key, thread) != 0) {
		free(thread);
		return NULL;
	}
	thread->error = EGL_SUCCESS;
	thread->forks = forks;
	xg_current_state.thread = thread;
	return thread;
}

struct xg_stream *xg_thread_stream(void)
{
	struct xg_thread *thread = xg_thread_get();

	if (!thread)
		return NULL;
	if (thread->stream && xg_stream_is_lost(thread->stream) && !thread->context) {
		xg_connection_stream_destroy(thread->connection, thread->stream);
		thread->stream = NULL;
	}
	if (!thread->stream) {
		thread->connection = xg_process_connection();
		if (!thread->connection)
			return NULL;
		thread->stream = xg_connection_stream_create(thread->connection);
		thread->swaps = 0;
	}
	return thread->stream;
}

void xg_thread_set_context(struct xg_context *context)
{
	struct xg_thread *thread = xg_current_state.thread;

	thread->context = context;
	xg_current_state.context = context;
	xg_current_state.stream = context ? thread->stream : NULL;
}

void xg_thread_release(void)
{
	struct xg_thread *thread = xg_current_state.thread;

	if (!thread)
		return;
	pthread_setspecific(key, NULL);
	destroy_thread(thread);
}
