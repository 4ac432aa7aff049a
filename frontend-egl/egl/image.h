/* SPDX-License-Identifier: MIT */
/* EGLImages (EGL 1.5, section 3.9) made from textures and renderbuffers. */
#ifndef XG_EGL_IMAGE_H
#define XG_EGL_IMAGE_H

#include "egl/handle.h"

struct xg_image {
	struct xg_handle handle;
	bool is_on_host;
};

/* Destroys an image whose last reference has gone. Called by xg_handle_unref. */
void xg_image_destroy(struct xg_image *image);

#endif
