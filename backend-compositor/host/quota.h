/* SPDX-License-Identifier: MIT */
/*
 * What one guest may use up on the host. Whatever a guest can make grow is taken from here before
 * it is made and given back when it is gone. Limits are fixed before the first thread starts; the
 * counters are atomic.
 */
#ifndef XG_HOST_QUOTA_H
#define XG_HOST_QUOTA_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum xg_quota_kind {
	XG_QUOTA_CLIENTS, /* guest processes */
	XG_QUOTA_STREAMS, /* guest threads */
	XG_QUOTA_DISPLAYS,
	XG_QUOTA_CONTEXTS,
	XG_QUOTA_SURFACES,	/* windows and pbuffers */
	XG_QUOTA_EGL_OBJECTS,	/* images and syncs */
	XG_QUOTA_OBJECTS,	/* GL objects of all classes */
	XG_QUOTA_TEXTURE_BYTES, /* textures, renderbuffers, pbuffers; as the guest specified them */
	XG_QUOTA_BUFFER_BYTES,
	XG_QUOTA_SHADER_BYTES, /* source of the shaders that live */
	XG_QUOTA_BULK_BYTES,   /* bulk regions: mapped here, though the guest's memory */
	XG_QUOTA_CACHE_BYTES,  /* the driver's compiled shaders: the driver bounds them */
	/* These the relay counts by itself. */
	XG_QUOTA_CONNECTIONS,	  /* to the compositor: Wayland clients of the guest */
	XG_QUOTA_WAYLAND_OBJECTS, /* of each connection */
	XG_QUOTA_PIPES,		  /* clipboard and drag and drop under way */
	XG_QUOTA_SHM_BYTES,	  /* all wl_shm pools */
	XG_QUOTA_COUNT,
};

struct xg_quota {
	struct xg_quota *whole; /* what this is a part of, or NULL */
	uint64_t limit[XG_QUOTA_COUNT];
	_Atomic uint64_t used[XG_QUOTA_COUNT];
};

/* Sets the limits for a guest that the administrator said nothing about. */
void xg_quota_init(struct xg_quota *quota);

struct xg_limits;

/*
 * One client's part: what it takes is taken from the whole too, and what limits.h says of clients
 * bounds it. The whole must outlive it.
 */
void xg_quota_init_part(
	struct xg_quota *quota, struct xg_quota *whole, const struct xg_limits *limits);

/* Lowers what a guest is told that it may use to what it may. */
void xg_quota_bound_limits(const struct xg_quota *quota, struct xg_limits *limits);

/* Applies "name=number", the number with an optional k, m or g (powers of 1024). False, and
 * nothing changed, if it is not of that form or the name is none of xg_quota_name's. */
bool xg_quota_parse(struct xg_quota *quota, const char *setting);

/* Takes amount. False, and nothing taken, if that would pass the limit. Any thread. */
bool xg_quota_take(struct xg_quota *quota, enum xg_quota_kind kind, uint64_t amount);

/* Gives back what was taken. Any thread. */
void xg_quota_give(struct xg_quota *quota, enum xg_quota_kind kind, uint64_t amount);

/* "contexts", "texture-bytes", ...: static. */
const char *xg_quota_name(enum xg_quota_kind kind);

#endif
