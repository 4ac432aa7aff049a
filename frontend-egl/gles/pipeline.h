/* SPDX-License-Identifier: MIT */
/*
 * Program pipelines, as far as other entry points need them: which program glUniform* sets and
 * which one reads the vertex attributes while glUseProgram has none in use. A context has its own.
 * All on the thread on which the context is current.
 */
#ifndef XG_GLES_PIPELINE_H
#define XG_GLES_PIPELINE_H

#include <stdint.h>

#include "gles/current.h"

/* The programs have a reference each; NULL: none, or one that is not known. */
struct xg_pipeline {
	struct xg_program *active; /* glActiveShaderProgram's */
	struct xg_program *vertex; /* of the vertex stage */
};

/* Frees it. */
void xg_pipeline_destroy(struct xg_pipeline *pipeline);

/* The program that glUniform* sets, and the one that reads vertex attributes: the one in use, else
 * the bound pipeline's. NULL as above. */
struct xg_program *xg_pipeline_uniform_program(struct xg_gl gl);
struct xg_program *xg_pipeline_vertex_program(struct xg_gl gl);

#endif
