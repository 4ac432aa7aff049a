/* SPDX-License-Identifier: MIT */
/* What xgQueryString answers beside EGL's own strings. The numbers are none of EGL's. */
#ifndef XENGLASS_DRIVER_H
#define XENGLASS_DRIVER_H

/* Of a display: EGL_MESA_query_driver's. */
#define XG_STRING_DRIVER_NAME	1u
#define XG_STRING_DRIVER_CONFIG 2u /* XML */

/* Of no display: the extensions of the device that device displays are on. */
#define XG_STRING_DEVICE_EXTENSIONS 3u

#endif
