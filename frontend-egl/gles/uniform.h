/* SPDX-License-Identifier: MIT */
/* The shape of GLSL types. */
#ifndef XG_GLES_UNIFORM_H
#define XG_GLES_UNIFORM_H

#include <stdint.h>

/* Columns of a matrix type; 1 for any other. */
uint32_t xg_uniform_columns(uint32_t type);

/* Components of a type: 16 for GL_FLOAT_MAT4, 1 for samplers and unknown types. */
uint32_t xg_uniform_components(uint32_t type);

#endif
