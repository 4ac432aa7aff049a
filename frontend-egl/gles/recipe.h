/* SPDX-License-Identifier: MIT */
/*
 * What programs are linked from, for their binaries (binary.h): the sources of the shaders as they
 * were when they were compiled, the varyings and outputs that were named, and whether it is
 * separable. What the host may refuse is refused here by the same rules.
 *
 * What it costs: the guest's library keeps the source of each shader that lives, and of those from
 * which a program that lives was linked last. Sources are kept by reference: what a shader has,
 * what it was compiled from and what programs were linked from is the same memory where it is the
 * same text; the shader's source is the one that was made to be sent to the host.
 *
 * Shaders are looked up by name. All of this is guarded by the share group's lock.
 */
#ifndef XG_GLES_RECIPE_H
#define XG_GLES_RECIPE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define XG_RECIPE_SHADERS 6 /* GLES: one of each stage */

/* Octets, with a NUL behind them. Counted; immutable once they are shared. */
struct xg_text {
	_Atomic uint32_t references;
	uint32_t size;
	char bytes[];
};

/* Of that size with one reference, the octets not filled; NULL without memory. */
struct xg_text *xg_text_create(size_t size);
struct xg_text *xg_text_ref(struct xg_text *text); /* NULL is legal */
void xg_text_unref(struct xg_text *text);	   /* NULL is legal */

struct xg_shader {
	uint32_t name, type;
	struct xg_text *source, *compiled; /* NULL: none */
	uint32_t attachments;		   /* to programs */
	bool is_deleted;		   /* it is there while it is attached */
};

/* All zero is valid: of nothing. */
struct xg_recipe {
	struct {
		uint32_t type;
		struct xg_text *source; /* NULL: empty */
	} shaders[XG_RECIPE_SHADERS];
	uint32_t shader_count;
	struct xg_text *varyings; /* names, each with its NUL; NULL: none */
	uint32_t varying_count, varying_mode;
	struct xg_text *outputs; /* places (binary.h) of the fragment stage's; NULL: none */
	bool is_separable;
};

/* Takes references to all that from has. */
void xg_recipe_copy(struct xg_recipe *to, const struct xg_recipe *from);
void xg_recipe_finish(struct xg_recipe *recipe);

struct xg_program;
struct xg_share;

/* glCreateShader. False without memory. */
bool xg_recipe_add_shader(struct xg_share *share, uint32_t name, uint32_t type);
/* glShaderSource; takes the reference. Then glCompileShader, glDeleteShader. */
void xg_recipe_source(struct xg_share *share, uint32_t name, struct xg_text *source);
void xg_recipe_compile(struct xg_share *share, uint32_t name);
void xg_recipe_delete_shader(struct xg_share *share, uint32_t name);
void xg_recipe_attach(struct xg_share *share, uint32_t program, uint32_t shader);
void xg_recipe_detach(struct xg_share *share, uint32_t program, uint32_t shader);

/* glTransformFeedbackVaryings; takes the reference. glProgramParameteri. */
void xg_recipe_varyings(struct xg_share *share, uint32_t program, struct xg_text *names,
	uint32_t count, uint32_t mode);
void xg_recipe_separable(struct xg_share *share, uint32_t program, bool is_separable);
/* glBindFragDataLocation*EXT. False without memory. */
bool xg_recipe_output(
	struct xg_share *share, uint32_t program, uint32_t color, uint32_t index, const char *name);

/* glLinkProgram: what the program has now is what it was linked from. */
void xg_recipe_link(struct xg_share *share, uint32_t program);

/* A program that is gone has no shaders any more, and no recipes. */
void xg_recipe_forget(struct xg_program *program);

#endif
