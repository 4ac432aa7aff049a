/* SPDX-License-Identifier: MIT */
/*
 * Sync objects (EGL 1.5, section 3.8; EGL_KHR_reusable_sync). A fence is the host's. A reusable
 * sync is signalled by the application itself, so it never leaves the process.
 */
#ifndef XG_EGL_SYNC_H
#define XG_EGL_SYNC_H

#include <pthread.h>
#include <stdbool.h>

#include "egl/handle.h"

struct xg_sync {
	struct xg_handle handle;
	EGLenum type;
	bool is_on_host;

	/* A fence: set once the host has said so. A reusable sync: what was last set. */
	_Atomic bool is_signaled;

	/* A reusable sync; guarded by lock. */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	unsigned signals; /* how often it was signaled: a waiter sees even a short signal */
	bool is_destroyed;
};

/* Destroys a sync whose last reference has gone. Called by xg_handle_unref. */
void xg_sync_destroy(struct xg_sync *sync);

#endif
