/* SPDX-License-Identifier: MIT */
/* See state.h: making and freeing a context's state, and what all entry points ask of it. */
#include "gles/state.h"

#include <GLES3/gl32.h>
#include <stdlib.h>
#include <string.h>

#include "connection.h"
#include "gles/bindings.h"
#include "gles/current.h"
#include "gles/known.h"
#include "gles/pipeline.h"
#include "gles/query.h"
#include "gles/vertex.h"
#include "process.h"
#include "xg_encode.h"

/* Whether the host knows a command that is younger than others. */
static bool host_knows(uint32_t opcode)
{
	const struct xg_connection *connection = xg_process_connection();

	return connection && xg_connection_ledger_length(connection) >= opcode;
}

bool xg_gles_init(struct xg_gles *gl, struct xg_share *share)
{
	*gl = (struct xg_gles){
		.share = xg_share_ref(share),
		.pack = {.alignment = 4},
		.unpack = {.alignment = 4},
		.skips_repeats = !secure_getenv("XENGLASS_SEND_ALL"),
	};
	if (gl->skips_repeats && host_knows(XG_OP_xgBindBufferRange))
		gl->short_limit = UINT32_MAX;
	gl->shares_blocks = gl->skips_repeats && host_knows(XG_OP_xgVertexShare);
	xg_vertex_array_init(&gl->default_array, 0);
	xg_track_init(&gl->track);
	gl->array = &gl->default_array;
	bool complete = xg_namer_init(&gl->framebuffer_names);
	complete = xg_namer_init(&gl->vertex_array_names) && complete;
	complete = xg_namer_init(&gl->query_names) && complete;
	complete = xg_namer_init(&gl->feedback_names) && complete;
	complete = xg_namer_init(&gl->pipeline_names) && complete;
	if (!complete)
		xg_gles_finish(gl);
	return complete;
}

void xg_gles_finish(struct xg_gles *gl)
{
	struct xg_vertex_array *array;
	struct xg_pipeline *pipeline;
	void *framebuffer;

	while ((array = xg_table_pop(&gl->vertex_arrays)))
		free(array);
	xg_table_finish(&gl->vertex_arrays);
	while ((pipeline = xg_table_pop(&gl->pipelines)))
		xg_pipeline_destroy(pipeline);
	xg_table_finish(&gl->pipelines);
	while ((framebuffer = xg_table_pop(&gl->framebuffers)))
		free(framebuffer);
	xg_table_finish(&gl->framebuffers);
	xg_known_finish(gl);
	xg_namer_finish(&gl->framebuffer_names);
	xg_namer_finish(&gl->vertex_array_names);
	xg_namer_finish(&gl->query_names);
	xg_namer_finish(&gl->feedback_names);
	xg_namer_finish(&gl->pipeline_names);
	xg_strings_destroy(gl->strings);
	free(gl->spare.memory);
	free(gl->scratch);
	xg_share_unref(gl->share);
	*gl = (struct xg_gles){0};
}

void xg_gles_made_current(struct xg_gles *gl, int32_t config)
{
	if (gl->surface_config == config)
		return;
	gl->surface_config = config;
	memset(gl->surface_bits, 0, sizeof(gl->surface_bits));
}

void xg_gles_settle(struct xg_gles *gl, struct xg_stream *stream)
{
	xg_vertex_settle_buffer((struct xg_gl){stream, gl});
	xg_gl_find_uniform_buffer(gl);
}

void xg_vertex_array_init(struct xg_vertex_array *array, uint32_t name)
{
	*array = (struct xg_vertex_array){
		.name = name,
		.client = UINT32_MAX,
	};
	for (size_t i = 0; i < XG_GLES_ATTRIBS_MAX; i++) {
		array->attribs[i].size = 4;
		array->attribs[i].type = GL_FLOAT;
		array->attribs[i].binding = (uint8_t)i;
		array->bindings[i].stride = 16;
	}
}

void xg_gl_error(struct xg_gl gl, uint32_t error)
{
	xg_encode_xgError(gl.stream, error);
}

void *xg_gl_scratch(struct xg_gl gl, size_t size)
{
	if (size > gl.state->scratch_size) {
		free(gl.state->scratch);
		gl.state->scratch = malloc(size);
		gl.state->scratch_size = gl.state->scratch ? size : 0;
	}
	return gl.state->scratch;
}

int32_t xg_gl_limit(struct xg_gl gl, uint32_t pname)
{
	int32_t value = 0;

	xg_gl_get_integers(gl, pname, &value);
	return value;
}
