/* SPDX-License-Identifier: MIT */
/*
 * A driver for tests and the fuzzer, GL and EGL: it does nothing but read its inputs to the end,
 * fill its outputs, make names, and note what a test wants to know. One thread.
 */
#ifndef XG_TESTS_STUB_DRIVER_H
#define XG_TESTS_STUB_DRIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "xg_gl_table.h"

enum { XG_STUB_ATTRIBS = 16, XG_STUB_FRAMEBUFFERS = 1024, XG_STUB_TRACE = 16 };

struct xg_stub {
	uint32_t next_name;	      /* the next object's; all classes count together */
	uint32_t error;		      /* what glGetError answers next, once */
	bool refuses_binding;	      /* eglMakeCurrent fails */
	bool refuses_vertex_buffers;  /* glBindVertexBuffer raises GL_INVALID_OPERATION */
	bool refuses_texture_buffers; /* so does glTexBuffer */
	bool refuses_parts; /* glBindBufferBase and glBindBufferRange raise GL_INVALID_VALUE */
	bool is_stuck;	    /* no fence is ever reached */
	bool is_deletion_pending; /* glIsShader says true of what was deleted */
	uint32_t deleted_shader;
	uint32_t enabled;			 /* a bit for each attribute array */
	uint32_t enabled_at_draw;		 /* the same, at the last draw */
	const void *pointers[XG_STUB_ATTRIBS];	 /* as glVertexAttribPointer set them */
	uint32_t unit;				 /* the active one */
	uint32_t texture;			 /* bound to GL_TEXTURE_2D of any unit */
	uint32_t framebuffer;			 /* bound */
	uint32_t attached[XG_STUB_FRAMEBUFFERS]; /* textures; by the framebuffer's name */
	int32_t drawn;				 /* vertices or indices of the last draw */
	int32_t joined;				 /* how many that was, of the last of many */
	int32_t binary_length;			 /* of the last glProgramBinary */
	uint32_t unpack_buffer, pack_buffer;	 /* bound */
	const void *pixels;			 /* of the last image command, or glReadPixels */
	int32_t width;				 /* of the last image command */
	bool refuses_image;			 /* the next one */
	uint32_t images;			 /* parts of images so far */
	int32_t buffer_size;			 /* of each buffer, as it can be asked for */
	int32_t unpack_row_length, pack_row_length, pack_skip_rows;
	uint32_t pixel_rows;	     /* that were read to a buffer */
	uint64_t pixel_place;	     /* of the last of them: how many rows were skipped for each */
	int32_t row_length_then;     /* what it was at the last image command */
	int32_t image_size;	     /* of the last compressed part */
	uint32_t points[4];	     /* buffers at the points of all targets but feedbacks' */
	uint32_t feedback_buffer;    /* at the first point, of any transform feedback */
	bool is_feedback_active;     /* glDelete* and glIsTransformFeedback see it */
	int32_t asked_location;	     /* of the last glGetUniformuiv */
	bool is_unlinked;	     /* of all programs */
	bool was_asked_for_varyings; /* glGetProgramiv */
	uint32_t varyings;	     /* of the last glTransformFeedbackVaryings */
	size_t source_length;	     /* of the last glCreateShaderProgramv */
	uint32_t pipeline;	     /* of the last glGetProgramPipelineiv */
	int live;		     /* EGL objects that were not destroyed */
	bool fails_silently;	     /* EGL makes nothing, and says that it is well */
	bool checks_nothing;	     /* the last context was made without error checking */
	int32_t rects[64 * 4];	     /* of the last damage */
	int32_t rect_count;	     /* and their number; -1: a swap of everything */
	int32_t region_count;	     /* of the last damage region; -1: none was set */
	unsigned ages_asked;	     /* how often the age was asked for */
	uint32_t wait_flags;	     /* of the last eglClientWaitSync */
	int syncs; /* GL's that were not deleted: a driver's go with its contexts */
	unsigned calls;
	const char *trace[XG_STUB_TRACE]; /* names of the last calls, by their number */
	uint32_t asked_parameter;	  /* of the last glGetIntegerv */
	uint32_t query;			  /* of the last glQueryCounter */
	uint32_t buffer_texture;	  /* bound to GL_TEXTURE_BUFFER */
	int32_t base;			  /* of the last draw that had one */
	struct xg_stub_copy {		  /* the last glCopyImageSubData */
		uint32_t from, to;
		int32_t places[6];
		int32_t sizes[3];
	} copy;
	GLDEBUGPROCKHR debug_callback; /* as it was last set */
	const void *debug_user;
	const void *last_input;	 /* of the last function that read one */
	const void *last_length; /* where glGetActive* was to write a length */
};

extern struct xg_stub xg_stub;

/* Forgets all, and fills in the functions. */
void xg_stub_init(struct xg_gl_table *table);

/* The generated part of xg_stub_init. */
void xg_stub_fill(struct xg_gl_table *table);

/* For the generated functions. */
void xg_stub_call(const char *name);
void xg_stub_read(const void *bytes, size_t size);
void xg_stub_write(void *bytes, size_t size);

#endif
