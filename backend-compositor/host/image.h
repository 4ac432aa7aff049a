/* SPDX-License-Identifier: MIT */
/* A guest's EGLImage, made from a texture or a renderbuffer of one of its contexts. Other sources
 * name memory or descriptors, which a guest does not have here. */
#ifndef XG_HOST_IMAGE_H
#define XG_HOST_IMAGE_H

#include <EGL/egl.h>

#include "object.h"

struct xg_quota;
struct xg_replay;

struct xg_host_image {
	struct xg_host_object object;
	EGLImage egl;
	struct xg_quota *quota;
	uint64_t bytes; /* of the texture quota: what its source has, which may go before it does */
};

/* The client's image of that id with a new reference, or NULL. */
struct xg_host_image *xg_host_image_find(struct xg_replay *r, uint32_t untrusted_id);

/*
 * The texture that is bound to a target has what an image or a pbuffer has, for which bytes were
 * reserved, behind it now. Both are counted: either may outlive the other.
 */
void xg_replay_charge_sibling(struct xg_replay *r, uint32_t target, uint64_t bytes);

#endif
