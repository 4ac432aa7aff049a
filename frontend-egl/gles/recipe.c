/* SPDX-License-Identifier: MIT */
/* See recipe.h. */
#include "gles/recipe.h"

#include <stdlib.h>

#include "gles/binary.h"
#include "gles/share.h"

struct xg_text *xg_text_create(size_t size)
{
	struct xg_text *text = size < INT32_MAX ? malloc(sizeof(*text) + size + 1) : NULL;

	if (!text)
		return NULL;
	atomic_init(&text->references, 1);
	text->size = (uint32_t)size;
	text->bytes[size] = '\0';
	return text;
}

struct xg_text *xg_text_ref(struct xg_text *text)
{
	if (text)
		atomic_fetch_add_explicit(&text->references, 1, memory_order_relaxed);
	return text;
}

void xg_text_unref(struct xg_text *text)
{
	/* Release and acquire: other threads' reads come before the free. */
	if (text && atomic_fetch_sub_explicit(&text->references, 1, memory_order_acq_rel) == 1)
		free(text);
}

void xg_recipe_copy(struct xg_recipe *to, const struct xg_recipe *from)
{
	*to = *from;
	for (uint32_t i = 0; i < from->shader_count; i++)
		xg_text_ref(from->shaders[i].source);
	xg_text_ref(from->varyings);
	xg_text_ref(from->outputs);
}

void xg_recipe_finish(struct xg_recipe *recipe)
{
	for (uint32_t i = 0; i < recipe->shader_count; i++)
		xg_text_unref(recipe->shaders[i].source);
	xg_text_unref(recipe->varyings);
	xg_text_unref(recipe->outputs);
	*recipe = (struct xg_recipe){0};
}

bool xg_recipe_add_shader(struct xg_share *share, uint32_t name, uint32_t type)
{
	struct xg_shader *shader = calloc(1, sizeof(*shader));

	if (!shader)
		return false;
	shader->name = name;
	shader->type = type;
	pthread_mutex_lock(&share->lock);
	const bool is_added = xg_table_add(&share->shaders, name, shader);
	pthread_mutex_unlock(&share->lock);
	if (!is_added)
		free(shader);
	return is_added;
}

void xg_recipe_source(struct xg_share *share, uint32_t name, struct xg_text *source)
{
	struct xg_text *old = source;

	pthread_mutex_lock(&share->lock);
	struct xg_shader *shader = xg_table_find(&share->shaders, name);
	if (shader) {
		old = shader->source;
		shader->source = source;
	}
	pthread_mutex_unlock(&share->lock);
	xg_text_unref(old);
}

void xg_recipe_compile(struct xg_share *share, uint32_t name)
{
	pthread_mutex_lock(&share->lock);
	struct xg_shader *shader = xg_table_find(&share->shaders, name);
	if (shader) {
		xg_text_unref(shader->compiled);
		shader->compiled = xg_text_ref(shader->source);
	}
	pthread_mutex_unlock(&share->lock);
}

/* With the lock: frees the shader if nothing has it any more. Its name may be used again. */
static void release(struct xg_share *share, struct xg_shader *shader)
{
	if (!shader->is_deleted || shader->attachments)
		return;
	xg_table_remove(&share->shaders, shader->name);
	xg_namer_release(&share->program_names, shader->name);
	xg_text_unref(shader->source);
	xg_text_unref(shader->compiled);
	free(shader);
}

void xg_recipe_delete_shader(struct xg_share *share, uint32_t name)
{
	pthread_mutex_lock(&share->lock);
	struct xg_shader *shader = xg_table_find(&share->shaders, name);
	if (shader) {
		shader->is_deleted = true;
		release(share, shader);
	}
	pthread_mutex_unlock(&share->lock);
}

void xg_recipe_attach(struct xg_share *share, uint32_t program_name, uint32_t name)
{
	pthread_mutex_lock(&share->lock);
	struct xg_program *program = xg_table_find(&share->programs, program_name);
	struct xg_shader *shader = xg_table_find(&share->shaders, name);
	bool is_free = program && shader && program->attached_count < XG_RECIPE_SHADERS;
	/* Another of its type, or the same again, is refused. */
	for (uint32_t i = 0; is_free && i < program->attached_count; i++)
		is_free = program->attached[i]->type != shader->type;
	if (is_free) {
		program->attached[program->attached_count++] = shader;
		shader->attachments++;
	}
	pthread_mutex_unlock(&share->lock);
}

void xg_recipe_detach(struct xg_share *share, uint32_t program_name, uint32_t name)
{
	pthread_mutex_lock(&share->lock);
	struct xg_program *program = xg_table_find(&share->programs, program_name);
	const uint32_t count = program ? program->attached_count : 0;
	uint32_t at = 0;
	while (at < count && program->attached[at]->name != name)
		at++;
	if (at < count) {
		struct xg_shader *shader = program->attached[at];
		for (program->attached_count--; at < program->attached_count; at++)
			program->attached[at] = program->attached[at + 1];
		shader->attachments--;
		release(share, shader);
	}
	pthread_mutex_unlock(&share->lock);
}

void xg_recipe_varyings(
	struct xg_share *share, uint32_t name, struct xg_text *names, uint32_t count, uint32_t mode)
{
	struct xg_text *old = names;

	pthread_mutex_lock(&share->lock);
	struct xg_program *program = xg_table_find(&share->programs, name);
	if (program) {
		old = program->next.varyings;
		program->next.varyings = names;
		program->next.varying_count = count;
		program->next.varying_mode = mode;
	}
	pthread_mutex_unlock(&share->lock);
	xg_text_unref(old);
}

void xg_recipe_separable(struct xg_share *share, uint32_t name, bool is_separable)
{
	pthread_mutex_lock(&share->lock);
	struct xg_program *program = xg_table_find(&share->programs, name);
	if (program)
		program->next.is_separable = is_separable;
	pthread_mutex_unlock(&share->lock);
}

bool xg_recipe_output(
	struct xg_share *share, uint32_t name, uint32_t color, uint32_t index, const char *output)
{
	const struct xg_place place = {color, index, output};
	struct xg_text *all = NULL;

	pthread_mutex_lock(&share->lock);
	struct xg_program *program = xg_table_find(&share->programs, name);
	if (program && (all = xg_place_add(program->next.outputs, &place))) {
		xg_text_unref(program->next.outputs);
		program->next.outputs = all;
	}
	pthread_mutex_unlock(&share->lock);
	return !program || all;
}

void xg_recipe_link(struct xg_share *share, uint32_t name)
{
	pthread_mutex_lock(&share->lock);
	struct xg_program *program = xg_table_find(&share->programs, name);
	if (program) {
		struct xg_recipe *linked = &program->linked;
		xg_recipe_finish(linked);
		xg_recipe_copy(linked, &program->next);
		for (uint32_t i = 0; i < program->attached_count; i++) {
			linked->shaders[i].type = program->attached[i]->type;
			linked->shaders[i].source = xg_text_ref(program->attached[i]->compiled);
		}
		linked->shader_count = program->attached_count;
	}
	pthread_mutex_unlock(&share->lock);
}

void xg_recipe_forget(struct xg_program *program)
{
	struct xg_share *share = program->share;

	pthread_mutex_lock(&share->lock);
	for (uint32_t i = 0; i < program->attached_count; i++) {
		program->attached[i]->attachments--;
		release(share, program->attached[i]);
	}
	xg_namer_release(&share->program_names, program->name);
	pthread_mutex_unlock(&share->lock);
	xg_recipe_finish(&program->next);
	xg_recipe_finish(&program->linked);
}
