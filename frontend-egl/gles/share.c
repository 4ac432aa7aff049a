/* SPDX-License-Identifier: MIT */
/*
 * See share.h. Objects are counted: the table holds one reference while the name stands, each
 * binding another, so that a buffer deleted in one context lives on in those that have it bound.
 */
#include "gles/share.h"

#include <stdlib.h>
#include <string.h>

#include "gles/program.h"

/* Used-bits are only set and cleared with atomic operations; none orders other memory, because a
 * name carries nothing with it. */
#define WORD_BITS 64

bool xg_namer_init(struct xg_namer *namer)
{
	/* 128 KiB, of which the system provides only what is touched. */
	namer->used = calloc(XG_GLES_NAME_LIMIT / WORD_BITS, sizeof(*namer->used));
	atomic_init(&namer->next, 1);
	return namer->used != NULL;
}

void xg_namer_finish(struct xg_namer *namer)
{
	free(namer->used);
	namer->used = NULL;
}

static uint64_t bit(uint32_t name)
{
	return (uint64_t)1 << (name % WORD_BITS);
}

/* Sets the name's bit; false if it was set before. */
static bool claim(struct xg_namer *namer, uint32_t name)
{
	uint64_t old = atomic_fetch_or_explicit(
		&namer->used[name / WORD_BITS], bit(name), memory_order_relaxed);
	return !(old & bit(name));
}

/* All names were used once: takes free ones, beginning behind the last that was found. */
static bool reuse(struct xg_namer *namer, uint32_t count, uint32_t *names)
{
	uint32_t found = 0, tried = 0;

	while (found < count && tried++ < XG_GLES_NAME_LIMIT) {
		uint32_t name = atomic_fetch_add_explicit(&namer->hint, 1, memory_order_relaxed) %
				XG_GLES_NAME_LIMIT;
		if (name && claim(namer, name))
			names[found++] = name;
	}
	if (found == count)
		return true;
	while (found)
		xg_namer_release(namer, names[--found]);
	return false;
}

bool xg_namer_make(struct xg_namer *namer, uint32_t count, uint32_t *names)
{
	uint32_t first = atomic_load_explicit(&namer->next, memory_order_relaxed);

	do {
		if (count > XG_GLES_NAME_LIMIT - first)
			return reuse(namer, count, names);
	} while (!atomic_compare_exchange_weak_explicit(
		&namer->next, &first, first + count, memory_order_relaxed, memory_order_relaxed));
	for (uint32_t i = 0; i < count; i++) {
		names[i] = first + i;
		claim(namer, names[i]);
	}
	return true;
}

uint32_t xg_namer_borrow(struct xg_namer *namer)
{
	uint32_t name = XG_GLES_NAME_LIMIT - 1;

	while (name && !claim(namer, name))
		name--;
	return name;
}

void xg_namer_take_new(struct xg_namer *namer, uint32_t name)
{
	if (!name || name >= XG_GLES_NAME_LIMIT)
		return;
	claim(namer, name);

	uint32_t next = atomic_load_explicit(&namer->next, memory_order_relaxed);
	while (next <= name && !atomic_compare_exchange_weak_explicit(&namer->next, &next, name + 1,
				       memory_order_relaxed, memory_order_relaxed))
		;
}

void xg_namer_release(struct xg_namer *namer, uint32_t name)
{
	if (name && name < XG_GLES_NAME_LIMIT)
		atomic_fetch_and_explicit(
			&namer->used[name / WORD_BITS], ~bit(name), memory_order_relaxed);
}

static struct xg_namer *namers_at(struct xg_share *share, size_t index)
{
	struct xg_namer *const all[] = {&share->buffer_names, &share->texture_names,
		&share->renderbuffer_names, &share->program_names, &share->sampler_names,
		&share->sync_names};

	return index < sizeof(all) / sizeof(all[0]) ? all[index] : NULL;
}

static void share_destroy(struct xg_share *share)
{
	struct xg_namer *namer;
	struct xg_shader *shader;
	void *object;

	while ((object = xg_table_pop(&share->buffers)))
		xg_buffer_unref(object);
	while ((object = xg_table_pop(&share->programs)))
		xg_program_unref(object);
	while ((shader = xg_table_pop(&share->shaders))) {
		xg_text_unref(shader->source);
		xg_text_unref(shader->compiled);
		free(shader);
	}
	while ((object = xg_table_pop(&share->labels)))
		free(object);
	free(share->texture_targets);
	xg_table_finish(&share->labels);
	xg_table_finish(&share->shaders);
	xg_table_finish(&share->buffers);
	xg_table_finish(&share->programs);
	for (size_t i = 0; (namer = namers_at(share, i)); i++)
		xg_namer_finish(namer);
	pthread_mutex_destroy(&share->lock);
	free(share);
}

struct xg_share *xg_share_create(void)
{
	struct xg_share *share = calloc(1, sizeof(*share));
	struct xg_namer *namer;
	bool complete = true;

	if (!share)
		return NULL;
	atomic_init(&share->references, 1);
	pthread_mutex_init(&share->lock, NULL);
	for (size_t i = 0; (namer = namers_at(share, i)); i++)
		complete = xg_namer_init(namer) && complete;
	share->texture_targets = calloc(XG_GLES_NAME_LIMIT, sizeof(*share->texture_targets));
	if (!complete || !share->texture_targets) {
		share_destroy(share);
		return NULL;
	}
	return share;
}

struct xg_share *xg_share_join(struct xg_share *share)
{
	atomic_store_explicit(&share->is_shared, true, memory_order_relaxed);
	return xg_share_ref(share);
}

struct xg_share *xg_share_ref(struct xg_share *share)
{
	atomic_fetch_add_explicit(&share->references, 1, memory_order_relaxed);
	return share;
}

/* True for the last reference. Release: what this thread did to the object comes before the
 * acquire of whoever frees it. */
static bool drop(_Atomic uint32_t *references)
{
	return atomic_fetch_sub_explicit(references, 1, memory_order_acq_rel) == 1;
}

void xg_share_unref(struct xg_share *share)
{
	if (share && drop(&share->references))
		share_destroy(share);
}

struct xg_buffer *xg_buffer_ref(struct xg_buffer *buffer)
{
	atomic_fetch_add_explicit(&buffer->references, 1, memory_order_relaxed);
	return buffer;
}

void xg_buffer_unref(struct xg_buffer *buffer)
{
	if (!buffer || !drop(&buffer->references))
		return;
	if (buffer->mapping_is_separate)
		free(buffer->mapping);
	free(buffer->shadow);
	free(buffer->stale);
	free(buffer);
}

static struct xg_buffer *buffer_create(struct xg_share *share, uint32_t name)
{
	struct xg_buffer *buffer = calloc(1, sizeof(*buffer));

	if (!buffer)
		return NULL;
	atomic_init(&buffer->references, 1);
	buffer->name = name;
	buffer->usage = 0x88e4; /* GL_STATIC_DRAW */
	if (!xg_table_add(&share->buffers, name, buffer)) {
		free(buffer);
		return NULL;
	}
	return buffer;
}

struct xg_buffer *xg_share_buffer(struct xg_share *share, uint32_t name)
{
	if (!name)
		return NULL;
	pthread_mutex_lock(&share->lock);
	struct xg_buffer *buffer = xg_table_find(&share->buffers, name);
	if (!buffer)
		buffer = buffer_create(share, name);
	if (buffer)
		xg_buffer_ref(buffer);
	pthread_mutex_unlock(&share->lock);
	return buffer;
}

void xg_share_forget_buffer(struct xg_share *share, uint32_t name)
{
	pthread_mutex_lock(&share->lock);
	struct xg_buffer *buffer = xg_table_remove(&share->buffers, name);
	if (buffer)
		atomic_store_explicit(&buffer->is_deleted, true, memory_order_relaxed);
	pthread_mutex_unlock(&share->lock);
	xg_buffer_unref(buffer);
}

bool xg_share_texture_target(struct xg_share *share, uint32_t name, uint8_t target)
{
	uint8_t before = 0;

	if (!name)
		return true;
	xg_namer_take(&share->texture_names, name);
	/* Relaxed, like the names: it carries nothing but itself. */
	return atomic_compare_exchange_strong_explicit(&share->texture_targets[name], &before,
		       target, memory_order_relaxed, memory_order_relaxed) ||
	       before == target;
}

void xg_share_forget_texture(struct xg_share *share, uint32_t name)
{
	if (name < XG_GLES_NAME_LIMIT)
		atomic_store_explicit(&share->texture_targets[name], 0, memory_order_relaxed);
}

bool xg_share_label_sync(struct xg_share *share, uint32_t name, const char *label, size_t length)
{
	char *copy = label ? strndup(label, length) : NULL;
	bool is_kept = !label;

	pthread_mutex_lock(&share->lock);
	char *old = xg_table_remove(&share->labels, name);
	if (copy)
		is_kept = xg_table_add(&share->labels, name, copy);
	pthread_mutex_unlock(&share->lock);
	free(old);
	if (!is_kept)
		free(copy);
	return is_kept;
}

char *xg_share_sync_label(struct xg_share *share, uint32_t name)
{
	pthread_mutex_lock(&share->lock);
	const char *label = xg_table_find(&share->labels, name);
	char *copy = strdup(label ? label : "");
	pthread_mutex_unlock(&share->lock);
	return copy;
}

bool xg_share_add_program(struct xg_share *share, uint32_t name)
{
	struct xg_program *program = calloc(1, sizeof(*program));

	if (!program)
		return false;
	atomic_init(&program->references, 1);
	atomic_init(&program->link, -1);
	atomic_init(&program->attribute_mask, UINT32_MAX);
	program->name = name;
	program->share = share;
	pthread_mutex_lock(&share->lock);
	bool added = xg_table_add(&share->programs, name, program);
	pthread_mutex_unlock(&share->lock);
	if (!added)
		free(program);
	return added;
}

struct xg_program *xg_share_find_program(struct xg_share *share, uint32_t name)
{
	pthread_mutex_lock(&share->lock);
	struct xg_program *program = xg_table_find(&share->programs, name);
	if (program)
		atomic_fetch_add_explicit(&program->references, 1, memory_order_relaxed);
	pthread_mutex_unlock(&share->lock);
	return program;
}

void xg_share_forget_program(struct xg_share *share, uint32_t name)
{
	pthread_mutex_lock(&share->lock);
	struct xg_program *program = xg_table_remove(&share->programs, name);
	if (program)
		atomic_store_explicit(&program->is_deleted, true, memory_order_relaxed);
	pthread_mutex_unlock(&share->lock);
	xg_program_unref(program);
}

void xg_program_unref(struct xg_program *program)
{
	if (!program || !drop(&program->references))
		return;
	xg_reflection_unref(program->reflection);
	xg_recipe_forget(program);
	free(program);
}
