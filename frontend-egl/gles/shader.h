/* SPDX-License-Identifier: MIT */
/* Shader objects. */
#ifndef XG_GLES_SHADER_H
#define XG_GLES_SHADER_H

#include <stdbool.h>
#include <stdint.h>

#include "gles/current.h"

/* Whether a shader of that type can be made in the current context. */
bool xg_gl_is_shader_type(struct xg_gl gl, uint32_t type);

#endif
