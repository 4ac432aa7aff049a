/* SPDX-License-Identifier: MIT */
/* EGL_EXT_device_base: the host's GPU is the one device. */
#ifndef XG_EGL_DEVICE_H
#define XG_EGL_DEVICE_H

#include <stdbool.h>

/* Whether this is the handle of our device. The pointer is not followed. */
bool xg_device_is_ours(const void *device);

/* Whether there is a device: whether the host can be reached. May block for a round trip. */
bool xg_device_exists(void);

#endif
