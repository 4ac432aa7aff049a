/* SPDX-License-Identifier: MIT */
/*
 * Translation of GL object names: the guest makes its own names, the driver makes its own, and
 * these tables join them. One table per class of object; the classes that contexts share
 * (buffers, textures, renderbuffers, shaders and programs, samplers) have one table for a share
 * group, the others one per context. A struct xg_names is one context's view of them all.
 *
 * Who uses a view has its share group's turn (share.h), but for creating and destroying one. Order
 * between threads is the streams' matter (xgOrder).
 *
 * Shaders and programs share one name space, as in GL: both classes lead to one table.
 */
#ifndef XG_HOST_NAMES_H
#define XG_HOST_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "xg_tables.h"

/* Guest names are below this; a larger one is never joined and its maker gets GL_OUT_OF_MEMORY. */
#define XG_NAME_LIMIT (1u << 20)

/* What a guest name that is not joined becomes: no driver ever made it, so that the driver raises
 * the error that the specification wants. */
#define XG_NAME_UNKNOWN 0x7ffffff0u

struct xg_holds;
struct xg_names;
struct xg_quota;
struct xg_replay;
struct xg_turn;
struct xg_texture_stores;

/*
 * Makes a context's view. share_with is the view of a context of the same share group, whose turn
 * the caller has, or NULL for a new group. Objects are counted in quota, which must outlive the
 * view. Any thread.
 */
struct xg_names *xg_names_create(struct xg_quota *quota, struct xg_names *share_with);

/*
 * Gives back what the view holds and, with the share group's last view, what the group holds. The
 * driver's objects are not touched: they go with the driver's contexts. NULL is legal. The caller
 * does not have the turn.
 */
void xg_names_destroy(struct xg_names *names);

/* The turn of the thread on which the view's context is current. */
struct xg_turn *xg_names_turn(struct xg_names *names);

/* The share group's turn, see share.h: on any thread; and, cheaper where nothing is shared, on the
 * one on which the view's context is current. */
void xg_names_enter(struct xg_names *names);
void xg_names_leave(struct xg_names *names);
void xg_names_enter_last(struct xg_names *names); /* its context is current nowhere any more */
void xg_names_enter_own(struct xg_names *names);
void xg_names_leave_own(struct xg_names *names);

/* The group's buffers that textures have. */
struct xg_texture_stores *xg_names_texture_stores(struct xg_names *names);

/* What the view's context holds of the group's objects. */
struct xg_holds *xg_names_holds(struct xg_names *names);

/* What all contexts of the group hold is doubtful now: an enum xg_doubt of holds.h. */
void xg_names_doubt(struct xg_names *names, uint32_t doubt);

/* The driver's name for a guest's: 0 for 0, XG_NAME_UNKNOWN if it is not joined. Any thread. */
uint32_t xg_names_find(const struct xg_names *names, enum xg_class class, uint32_t untrusted_name);

/* The guest's name for a driver's, for queries that return names: 0 if there is none. */
uint32_t xg_names_reverse(const struct xg_names *names, enum xg_class class, uint32_t host_name);

/*
 * Goes through the objects of a class: the driver's name of the one whose guest's name is the next
 * above *guest_name, which becomes that; 0 if there is none. Begin with 0.
 */
uint32_t xg_names_next(const struct xg_names *names, enum xg_class class, uint32_t *guest_name);

/* Whether an object of the guest's has that name in the driver: not 0, and not deleted. */
bool xg_names_is_joined(const struct xg_names *names, enum xg_class class, uint32_t host_name);

/* What the driver has made of the object that a guest's name stands for: a number that is kept for
 * it, 0 at first. */
bool xg_names_has_kind(
	const struct xg_names *names, enum xg_class class, uint32_t untrusted_name, uint32_t kind);
void xg_names_set_kind(
	struct xg_names *names, enum xg_class class, uint32_t untrusted_name, uint32_t kind);

/*
 * The following are for thunks, on the replay thread with a current context. What the guest may
 * not do (a name above the limit, a quota used up) becomes GL_OUT_OF_MEMORY in that context, and
 * nothing else changes.
 */

/* glGen*: makes an object for each of the guest's names with the driver's function. A name that
 * is joined already, or 0, is skipped. */
void xg_names_gen(struct xg_replay *r, enum xg_class class, uint32_t count,
	const uint32_t *untrusted_names, void (*gen)(int count, unsigned *names));

/* glDelete*: unjoins the names and deletes the driver's objects; unknown names are ignored. */
void xg_names_delete(struct xg_replay *r, enum xg_class class, uint32_t count,
	const uint32_t *untrusted_names, void (*delete)(int count, const unsigned *names));

/*
 * glBind*: the driver's name for a guest's. Where the API lets an application bind a name that it
 * never generated (buffers, textures, renderbuffers, framebuffers), one is made with gen.
 */
uint32_t xg_names_bind(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name,
	void (*gen)(int count, unsigned *names));

/* glCreate*: true if the guest may make an object of that name now; asked before the driver is. */
bool xg_names_may_add(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name);

/* Joins a guest's name, for which xg_names_may_add just said yes, and the driver's object. A
 * host_name of 0 (the driver refused) changes nothing. */
void xg_names_add(
	struct xg_replay *r, enum xg_class class, uint32_t untrusted_name, uint32_t host_name);

/*
 * glDeleteShader, glDeleteProgram: the driver's function is called with the driver's name (so that
 * it raises the errors). The name stays joined while the driver keeps the object (attached, in
 * use).
 */
void xg_names_remove(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name,
	void (*delete)(unsigned name));

/* The object of that name is gone from the driver. */
void xg_names_unjoin(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name);

/* The share group's sync objects. */
struct xg_syncs;
struct xg_syncs *xg_names_syncs(const struct xg_names *names);

/*
 * The memory of textures, renderbuffers, buffers, shaders (of their source) and transform feedbacks
 * (of the buffers that one has). Before the driver
 * is asked for memory it is reserved; when the driver has given it, it is charged to the object, in
 * place of what its slot (a level of a texture, 0 for others) had; otherwise it is released. What
 * is charged goes back when the object is gone: deleted, and held by no context of the group.
 */
bool xg_names_reserve(struct xg_replay *r, enum xg_class class, uint64_t bytes);
void xg_names_charge(struct xg_replay *r, enum xg_class class, uint32_t host_name, uint32_t slot,
	uint64_t bytes);

/* What an object, or a slot of it, takes. */
uint64_t xg_names_object_bytes(
	const struct xg_names *names, enum xg_class class, uint32_t host_name);
uint64_t xg_names_slot_bytes(
	const struct xg_names *names, enum xg_class class, uint32_t host_name, uint32_t slot);
void xg_names_release(struct xg_replay *r, enum xg_class class, uint64_t bytes);

/*
 * A buffer that the host made for itself in a context which is being destroyed: the share group's
 * next xg_names_collect deletes it.
 */
void xg_names_discard_buffer(struct xg_names *names, uint32_t host_name);
void xg_names_collect(struct xg_replay *r);

#endif
