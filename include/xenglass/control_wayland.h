/* SPDX-License-Identifier: MIT */
/*
 * The Wayland part of the control channel: types 0x100 to 0x1ff.
 *
 * One application's Wayland connection in the guest is one connection to the compositor on the
 * host. Requests go to the host and events come back as (object, opcode, arguments). Objects have
 * 64-bit numbers of the relay's own, which are handed out in order and never used twice: 1 is the
 * wl_display, the guest counts up from 2, the host from XG_WL_HOST_OBJECT.
 *
 * Arguments follow the message's Wayland signature, little-endian, each aligned to 4 bytes:
 *
 *	i, u, f   32 bits
 *	o, n      64 bits, the object's number; 0 is none
 *	s         32 bits length with its final NUL, 0 for none; then the bytes, padded with zeros
 *	a         32 bits length; then the bytes, padded with zeros
 *	h         32 bits: see below
 *
 * No file descriptor crosses. What stands for one depends on the message:
 *
 *	pool   wl_shm.create_pool: 0. The host makes a pool of its own; XG_WL_POOL_WRITE fills it.
 *	blob   wl_keyboard.keymap: the number of a blob that XG_WL_BLOB messages brought before.
 *	sink   wl_data_offer.receive and its like: the number of a new pipe. The descriptor stays
 *	       with who sent the message; the other end makes a pipe, hands its writing end on, and
 *	       sends what comes out of it as XG_WL_PIPE_DATA.
 *
 * Pipes outlive the connection that made them, as natively, so their messages name no connection.
 * A pipe is numbered by who holds the sink: the guest from 1, the host from XG_WL_HOST_PIPE.
 *
 * Credit: what the guest has sent for one connection and the host has not yet carried out is
 * bounded by xg_wl_open.credit bytes, counted over whole messages (their channel header included)
 * of the types that name a connection, XG_WL_OPEN and XG_WL_CLOSE excepted. The host gives it back
 * by XG_WL_CREDIT. A pipe starts with XG_WL_PIPE_WINDOW bytes of window, given back by
 * XG_WL_PIPE_ACK.
 */
#ifndef XENGLASS_CONTROL_WAYLAND_H
#define XENGLASS_CONTROL_WAYLAND_H

#include <stdint.h>

#define XG_WL_DISPLAY_OBJECT UINT64_C(1)
#define XG_WL_HOST_OBJECT    (UINT64_C(1) << 63)
#define XG_WL_HOST_PIPE	     UINT32_C(0x80000000)

/* The name of the private global xg_swap_v1 in every wl_registry. */
#define XG_WL_SWAP_GLOBAL UINT32_C(0xfff00001)

#define XG_WL_CREDIT_BYTES (UINT32_C(1) << 20)
#define XG_WL_PIPE_WINDOW  (UINT32_C(64) << 10)
#define XG_WL_BLOB_MAX	   (UINT32_C(1) << 20)
/* The longest payload of a message that carries bytes: pool, pipe and blob data. */
#define XG_WL_CHUNK_MAX (UINT32_C(32) << 10)
/* A Wayland message is never longer: libwayland's own limit. */
#define XG_WL_MESSAGE_MAX UINT32_C(4096)

enum xg_wl_type {
	XG_WL_OPEN = 0x100,	  /* guest → host: struct xg_wl_open */
	XG_WL_CLOSE = 0x101,	  /* guest → host: struct xg_wl_close; overtakes what is queued */
	XG_WL_CLOSED = 0x102,	  /* host → guest: struct xg_wl_close */
	XG_WL_REQUEST = 0x103,	  /* guest → host: struct xg_wl_message, arguments */
	XG_WL_EVENT = 0x104,	  /* host → guest: struct xg_wl_message, arguments */
	XG_WL_ERROR = 0x105,	  /* host → guest: struct xg_wl_error, text; then comes CLOSED */
	XG_WL_CREDIT = 0x106,	  /* host → guest: struct xg_wl_credit */
	XG_WL_POOL_WRITE = 0x107, /* guest → host: struct xg_wl_pool_write, rows */
	XG_WL_BLOB = 0x108,	  /* host → guest: struct xg_wl_blob, bytes */
	XG_WL_PIPE_DATA = 0x110,  /* to the sink: struct xg_wl_pipe, bytes */
	XG_WL_PIPE_END = 0x111,	  /* to the sink: struct xg_wl_pipe; no more data comes */
	XG_WL_PIPE_ACK = 0x112,	  /* from the sink: struct xg_wl_pipe_ack */
	XG_WL_PIPE_BROKEN = 0x113, /* from the sink: struct xg_wl_pipe; nobody reads any more */
};

/* Connections are numbered by the guest, never 0, never twice. */
struct xg_wl_open {
	uint32_t connection;
	uint32_t credit; /* bytes, at most XG_WL_CREDIT_BYTES */
};

struct xg_wl_close {
	uint32_t connection;
};

struct xg_wl_message {
	uint32_t connection;
	uint32_t opcode;
	uint64_t object;
};

/* The protocol error by which the compositor ended the connection. The text has no NUL. */
struct xg_wl_error {
	uint32_t connection;
	uint32_t code;
	uint64_t object; /* 0: one that the application has destroyed */
	uint32_t text_size;
	uint32_t zero;
};

struct xg_wl_credit {
	uint32_t connection;
	uint32_t bytes;
};

/*
 * Rows of a pool: `rows` runs of row_size bytes, each stride bytes after the one before, from
 * offset. The payload holds rows × row_size bytes.
 */
struct xg_wl_pool_write {
	uint32_t connection;
	uint32_t row_size;
	uint64_t pool; /* the wl_shm_pool's object number, also after its destroy request */
	uint32_t offset;
	uint32_t stride;
	uint32_t rows;
	uint32_t zero;
};

/* Part of a blob; parts come in order. The blob is whole when offset + bytes = total. */
struct xg_wl_blob {
	uint32_t connection;
	uint32_t blob; /* numbered by the host for each connection, from 1 */
	uint32_t total;
	uint32_t offset;
};

struct xg_wl_pipe {
	uint32_t pipe;
};

struct xg_wl_pipe_ack {
	uint32_t pipe;
	uint32_t bytes;
};

_Static_assert(sizeof(struct xg_wl_open) == 8, "ABI");
_Static_assert(sizeof(struct xg_wl_close) == 4, "ABI");
_Static_assert(sizeof(struct xg_wl_message) == 16, "ABI");
_Static_assert(sizeof(struct xg_wl_error) == 24, "ABI");
_Static_assert(sizeof(struct xg_wl_credit) == 8, "ABI");
_Static_assert(sizeof(struct xg_wl_pool_write) == 32, "ABI");
_Static_assert(sizeof(struct xg_wl_blob) == 16, "ABI");
_Static_assert(sizeof(struct xg_wl_pipe) == 4, "ABI");
_Static_assert(sizeof(struct xg_wl_pipe_ack) == 8, "ABI");

#endif
