/* SPDX-License-Identifier: MIT */
/*
 * What the generated table of EGL's entry points and vendor.c share. libEGL.so.1 dispatches EGL
 * 1.5's entry points itself; for those of extensions it takes a stub from here, gives that stub an
 * index, and keeps a table of functions by index for each vendor.
 */
#ifndef XG_VENDOR_H
#define XG_VENDOR_H

#include <stddef.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>

typedef __eglMustCastToProperFunctionPointerType EGLProc;

struct xg_vendor_entry {
	const char *name;
	EGLProc function; /* ours */
	EGLProc stub;	  /* finds the vendor and calls it; NULL if libEGL.so.1 does that */
	int index;	  /* the stub's in libEGL's tables; -1 while libEGL has not asked for it */
};

/* Sorted by name; generated. */
extern struct xg_vendor_entry xg_vendor_entries[];
extern const size_t xg_vendor_entry_count;

/*
 * For a stub: the function that the vendor of this display or device has for the entry point; NULL,
 * with the thread's EGL error set, if there is no such vendor or it has none. Any thread.
 */
EGLProc xg_vendor_fetch_by_display(EGLDisplay display, size_t entry);
EGLProc xg_vendor_fetch_by_device(EGLDeviceEXT device, size_t entry);

/* The function of EGL or GL with that name, NULL if this library has none. Any thread. */
EGLProc xg_vendor_proc(const char *name);

#endif
