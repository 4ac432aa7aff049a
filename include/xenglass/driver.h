/* SPDX-License-Identifier: MIT */
/* What xgQueryString answers of a display beside EGL's own strings: EGL_MESA_query_driver's. The
 * numbers are none of EGL's. */
#ifndef XENGLASS_DRIVER_H
#define XENGLASS_DRIVER_H

#define XG_STRING_DRIVER_NAME	1u
#define XG_STRING_DRIVER_CONFIG 2u /* XML */

#endif
