/* SPDX-License-Identifier: MIT */
/*
 * What the guest knows of a context's GL state. Only what an entry point needs is kept: client
 * memory (vertex arrays, pixel store), mapped buffers, answers of the host that cannot change
 * (limits, strings), and what programs ask for in each frame (track.h). All other state lives in
 * the host's driver alone.
 *
 * The host judges: a call that looks wrong here is sent as it is, so that the driver raises the
 * error, and leaves what is kept here unchanged.
 *
 * A struct xg_gles is embedded in the EGL context and touched only by the thread on which that
 * context is current.
 */
#ifndef XG_GLES_STATE_H
#define XG_GLES_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gles/share.h"
#include "gles/track.h"

#define XG_GLES_ATTRIBS_MAX 32

struct xg_stream;

/* One vertex attribute: what gl*Pointer or gl*Format said of it, and where its vertices are. */
struct xg_attrib {
	uintptr_t pointer; /* gl*Pointer's: an address, or an offset in the buffer */
	uint32_t stride;   /* gl*Pointer's, as given: 0 is tight */
	uint32_t type;
	uint32_t size;	      /* 1 to 4, or GL_BGRA_EXT */
	uint32_t told_buffer; /* that the host was last told of with the pointer */
	uint32_t relative_offset;
	uint8_t binding;
	bool is_normalized;
	bool is_integer; /* glVertexAttribIPointer's */
};

/* A place that attributes take their vertices from. */
struct xg_vertex_binding {
	uint32_t buffer; /* its name; 0: client memory */
	uint32_t divisor;
	uint32_t stride;
	intptr_t offset;
};

struct xg_vertex_array {
	uint32_t name;		    /* 0: the default one */
	uint32_t enabled;	    /* a bit for each attribute */
	uint32_t told;		    /* those that the host takes for enabled: see vertex.h */
	uint32_t kept;		    /* a bit for each whose pointer the host has as it is here */
	uint32_t deletions;	    /* of buffers in the context that it knows of */
	uint32_t client;	    /* a bit for each whose pointer is an address */
	uint32_t separate;	    /* a bit for each that is as gl*Pointer does not leave it */
	struct xg_buffer *elements; /* GL_ELEMENT_ARRAY_BUFFER */
	struct xg_attrib attribs[XG_GLES_ATTRIBS_MAX];
	struct xg_vertex_binding bindings[XG_GLES_ATTRIBS_MAX];
};

/* glPixelStorei's, for one direction. */
struct xg_pixel_store {
	int32_t alignment;
	int32_t row_length;
	int32_t skip_rows;
	int32_t skip_pixels;
	int32_t image_height;
	int32_t skip_images;
	int32_t is_reversed; /* rows from the last to the first: ANGLE_pack_reverse_row_order */
};

/* Buffer binding points of the context itself. */
enum xg_buffer_target {
	XG_BUFFER_ARRAY,
	XG_BUFFER_COPY_READ,
	XG_BUFFER_COPY_WRITE,
	XG_BUFFER_TRANSFORM_FEEDBACK,
	XG_BUFFER_UNIFORM,
	XG_BUFFER_ATOMIC_COUNTER,
	XG_BUFFER_SHADER_STORAGE,
	XG_BUFFER_DRAW_INDIRECT,
	XG_BUFFER_DISPATCH_INDIRECT,
	XG_BUFFER_PIXEL_PACK,
	XG_BUFFER_PIXEL_UNPACK,
	XG_BUFFER_TEXTURE,
	XG_BUFFER_OTHER, /* targets of later versions: sent, not kept */
	XG_BUFFER_TARGETS = XG_BUFFER_OTHER,
};

/* What a glGet* of a limit answered; it cannot change, so the host is asked once. */
struct xg_constant {
	uint32_t pname; /* 0: free */
	uint16_t getter;
	uint16_t size;	    /* bytes */
	uint8_t values[16]; /* of int64_t too */
};

#define XG_GLES_CONSTANTS_MAX 256

/* GL_FRAMEBUFFER_ATTACHMENT_RED_SIZE and what follows it, up to the stencil's. */
#define XG_SURFACE_BITS 6

/* What was used of a class of the share group's objects, see known.h. */
struct xg_known {
	struct xg_table objects;  /* by name */
	uint32_t count, sweep_at; /* in the table; sweep_at: as many are looked through */
	void **nameless;	  /* deleted and still bound, and the name is another's */
	uint32_t nameless_count;
};

/* Memory of a mapping that has ended, for the next one. */
struct xg_spare {
	uint8_t *memory; /* NULL: none */
	size_t size;
};

struct xg_gles {
	struct xg_share *share;
	struct xg_namer framebuffer_names, vertex_array_names, query_names, feedback_names;
	struct xg_namer pipeline_names;
	struct xg_table vertex_arrays; /* struct xg_vertex_array, owned; without the default one */
	struct xg_table pipelines;     /* struct xg_pipeline, owned */
	struct xg_table framebuffers;  /* struct xg_framebuffer, owned */
	struct xg_known known_buffers, known_programs;
	struct xg_vertex_array default_array;
	struct xg_vertex_array *array;		      /* the bound one */
	struct xg_buffer *buffers[XG_BUFFER_TARGETS]; /* bound */
	uint32_t array_buffer, told_buffer; /* GL_ARRAY_BUFFER's name, and the host's: vertex.h */
	uint32_t uniform_name; /* GL_UNIFORM_BUFFER's, if not 0: then buffers[] has it not yet */
	uint32_t deletions;    /* of buffers, counted */
	struct xg_pixel_store pack, unpack;
	struct xg_program *program; /* in use; NULL for none or one not known */
	uint64_t short_limit;	    /* numbers below it go in the short forms of commands */
	bool shares_blocks;	    /* interleaved client arrays go as one block */
	bool skips_repeats;	    /* what is set already need not be sent */
	bool has_restart;	    /* GL_PRIMITIVE_RESTART_FIXED_INDEX is enabled */
	bool has_feedback;	    /* a transform feedback may be under way */
	bool has_paused;	    /* one was paused once: who knows which is bound */
	struct xg_track track;
	int32_t surface_config; /* the current draw surface's config, 0 without one */
	int32_t surface_bits[XG_SURFACE_BITS]; /* what framebuffer 0 has; 0: not asked for yet */
	uint32_t constant_count;
	struct xg_constant constants[XG_GLES_CONSTANTS_MAX];
	struct xg_strings *strings; /* glGetString's, made when first asked */
	void *debug_callback;	    /* glDebugMessageCallbackKHR's, for glGetPointervKHR */
	const void *debug_user;
	bool is_debug_synchronous; /* the callback is called in the command of its message */
	struct xg_spare spare;
	uint8_t *scratch; /* for repacking; grows, never shrinks */
	size_t scratch_size;
};

/*
 * Makes the state of a new context in the share group, of which it takes a reference. Nothing is
 * sent. False without memory; gl is then finished.
 */
bool xg_gles_init(struct xg_gles *gl, struct xg_share *share);

/* Frees it. The context is current nowhere. Nothing is sent. */
void xg_gles_finish(struct xg_gles *gl);

/*
 * Called on the thread that just made the context current, with the id of the draw surface's
 * config, 0 without a surface.
 */
void xg_gles_made_current(struct xg_gles *gl, int32_t config);

/*
 * Sends what the host was not told yet because nothing has asked for it: before the context is
 * current no more on the stream's thread, and before another one shares with it.
 */
void xg_gles_settle(struct xg_gles *gl, struct xg_stream *stream);

/* A vertex array object of that name as GL says it begins. */
void xg_vertex_array_init(struct xg_vertex_array *array, uint32_t name);

#endif
