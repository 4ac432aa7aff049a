/* SPDX-License-Identifier: MIT */
/*
 * What the contexts of a share group have in common on the guest's side: which object names are
 * taken, and of buffers and programs what lets queries and mappings be answered without asking the
 * host.
 *
 * Names are made here and never by the host, so that glGen* is no round trip. As Mesa does, a new
 * name is one more than the highest ever used; only when the name space is used up are freed names
 * given out again, the one freed longest ago first. Names take no lock.
 *
 * Buffers and programs are looked up by name under the group's lock. Their contents take none: GL
 * asks applications to synchronise changes of shared objects themselves.
 */
#ifndef XG_GLES_SHARE_H
#define XG_GLES_SHARE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gles/recipe.h"
#include "gles/table.h"

/* Names are below this on both sides; the host refuses others with GL_OUT_OF_MEMORY. */
#define XG_GLES_NAME_LIMIT (1u << 20)

struct xg_namer {
	_Atomic uint32_t next;	/* one more than the highest name used */
	_Atomic uint64_t *used; /* a bit for each name below the limit */
	_Atomic uint32_t hint;	/* where to look for a freed name once next is at the limit */
};

/* False without memory; the namer is then finished. */
bool xg_namer_init(struct xg_namer *namer);
void xg_namer_finish(struct xg_namer *namer);

/* Writes count new names, consecutive where possible. False, and nothing taken, if too few are
 * left. Any thread. */
bool xg_namer_make(struct xg_namer *namer, uint32_t count, uint32_t *names);

/* A name that no application is given: from the end, to be released. 0 if there is none left. Any
 * thread. */
uint32_t xg_namer_borrow(struct xg_namer *namer);

static inline bool xg_namer_is_taken(const struct xg_namer *namer, uint32_t name)
{
	/* Relaxed: a name carries nothing with it. */
	return name < XG_GLES_NAME_LIMIT &&
	       (atomic_load_explicit(&namer->used[name / 64], memory_order_relaxed) >> name % 64 &
		       1);
}

/* The application gave or gave back a name itself (glBind* of a name never generated, glDelete*).
 * 0 and names above the limit are ignored. Any thread. */
void xg_namer_take_new(struct xg_namer *namer, uint32_t name);
static inline void xg_namer_take(struct xg_namer *namer, uint32_t name)
{
	if (!xg_namer_is_taken(namer, name))
		xg_namer_take_new(namer, name);
}
void xg_namer_release(struct xg_namer *namer, uint32_t name);

/* A buffer object: its size and, once a mapping or an index scan needed them, its contents. */
struct xg_buffer {
	_Atomic uint32_t references;
	_Atomic bool is_deleted; /* its name leads elsewhere */
	uint32_t name;
	size_t size;	  /* bytes, as glBufferData last set it */
	uint32_t usage;	  /* glBufferData's */
	uint8_t *shadow;  /* the contents, size bytes; NULL while nobody needed them */
	uint8_t *stale;	  /* the memory of the last shadow, of the same size, or NULL */
	bool is_blank;	  /* glBufferData(NULL) and nothing written since: no contents to fetch */
	bool is_feedback; /* draws or dispatches may write it: the shadow holds only while it is
			     mapped */
	uint8_t *mapping; /* what the application was given; NULL while it is not mapped */
	bool mapping_is_separate; /* allocated for this mapping; otherwise a part of the shadow */
	size_t map_capacity;	  /* of what was allocated */
	size_t map_offset;
	size_t map_length;
	uint32_t map_access; /* GL_MAP_*_BIT */
};

/* A program: what xgReflect answered since the last link, and what its binary is made of. */
struct xg_program {
	_Atomic uint32_t references;
	_Atomic bool is_deleted; /* its name leads elsewhere */
	uint32_t name;
	struct xg_share *share;		  /* outlives it */
	struct xg_reflection *reflection; /* NULL if not asked yet; guarded by the group's lock */
	_Atomic int8_t link;		  /* the reflection's link status; -1 without one */
	_Atomic uint32_t attribute_mask;  /* the reflection's, all bits without one */
	struct xg_shader *attached[XG_RECIPE_SHADERS]; /* these three: see recipe.h */
	uint32_t attached_count;
	struct xg_recipe next, linked; /* of the next link, without shaders; and of the last */
};

struct xg_share {
	_Atomic uint32_t references;
	_Atomic bool is_shared; /* between contexts, now or once */
	struct xg_namer buffer_names, texture_names, renderbuffer_names, program_names;
	struct xg_namer sampler_names, sync_names;
	_Atomic uint8_t *texture_targets; /* by name: what it was first bound to, see track.c */
	pthread_mutex_t lock;
	struct xg_table buffers;  /* struct xg_buffer, one reference each */
	struct xg_table programs; /* struct xg_program, one reference each */
	struct xg_table shaders;  /* struct xg_shader, owned by their programs, too */
	struct xg_table labels;	  /* of sync objects: text, owned */
};

/*
 * Whether binding an object again may show what other contexts have made of it (GLES 3.2, section
 * 5.3.2).
 */
static inline bool xg_share_is_shared(const struct xg_share *share)
{
	/* Relaxed: that a context of another thread comes before this is the application's matter.
	 */
	return atomic_load_explicit(&share->is_shared, memory_order_relaxed);
}

/* A new group with one reference, NULL without memory. */
struct xg_share *xg_share_create(void);
struct xg_share *xg_share_ref(struct xg_share *share);
/* A reference for another context, which shares from now on. Any thread. */
struct xg_share *xg_share_join(struct xg_share *share);
/* Drops a reference; the last one ends the group. NULL is legal. Any thread. */
void xg_share_unref(struct xg_share *share);

/*
 * The buffer of that name with a new reference; made if it does not exist. NULL for name 0 and
 * without memory. Any thread.
 */
struct xg_buffer *xg_share_buffer(struct xg_share *share, uint32_t name);
/* The name no longer leads to the buffer, which lives on while it is referenced. */
void xg_share_forget_buffer(struct xg_share *share, uint32_t name);

struct xg_buffer *xg_buffer_ref(struct xg_buffer *buffer);
void xg_buffer_unref(struct xg_buffer *buffer); /* NULL is legal */

/*
 * Says that a texture's name is bound to a target (1 to 255), and so is taken. False if it was
 * bound to another one before: the driver refuses that. Name 0 goes with all. The name is below the
 * limit. Any thread.
 */
bool xg_share_texture_target(struct xg_share *share, uint32_t name, uint8_t target);

/*
 * True if that is known of a name already. It takes no locked operation, which would wait until
 * what was written to the ring has reached the other CPU's cache.
 */
static inline bool xg_share_has_target(const struct xg_share *share, uint32_t name, uint8_t target)
{
	/* Relaxed, like the names: it carries nothing but itself. */
	return atomic_load_explicit(&share->texture_targets[name], memory_order_relaxed) == target;
}

void xg_share_forget_texture(struct xg_share *share, uint32_t name);

/*
 * A sync object's label, which only the guest knows: a copy of the text, or none for NULL. False
 * without memory. Any thread.
 */
bool xg_share_label_sync(struct xg_share *share, uint32_t name, const char *label, size_t length);
/* A copy of the label, "" if there is none, to be freed; NULL without memory. Any thread. */
char *xg_share_sync_label(struct xg_share *share, uint32_t name);

/* Likewise for programs. add: false without memory. */
bool xg_share_add_program(struct xg_share *share, uint32_t name);
struct xg_program *xg_share_find_program(struct xg_share *share, uint32_t name);
void xg_share_forget_program(struct xg_share *share, uint32_t name);
void xg_program_unref(struct xg_program *program); /* NULL is legal */

#endif
