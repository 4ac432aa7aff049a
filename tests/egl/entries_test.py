#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests gen_entries.py: what it makes of rows, and that a bad row stops it with its place.

usage: entries_test.py gen_entries.py entries.txt
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

GENERATOR, ENTRIES = sys.argv[1:3]
# EGL 1.4's, without any of which libEGL.so.1 drops a vendor, and 1.5's.
CORE = """
eglInitialize eglChooseConfig eglCopyBuffers eglCreateContext eglCreatePbufferSurface
eglCreatePixmapSurface eglCreateWindowSurface eglDestroyContext eglDestroySurface
eglGetConfigAttrib eglGetConfigs eglMakeCurrent eglQueryContext eglQueryString eglQuerySurface
eglSwapBuffers eglTerminate eglWaitGL eglWaitNative eglBindTexImage eglReleaseTexImage
eglSurfaceAttrib eglSwapInterval eglCreatePbufferFromClientBuffer eglReleaseThread eglWaitClient
eglGetError eglBindAPI eglQueryAPI eglGetCurrentContext eglGetCurrentDisplay eglGetCurrentSurface
eglGetDisplay eglGetProcAddress
eglCreateSync eglDestroySync eglClientWaitSync eglGetSyncAttrib eglCreateImage eglDestroyImage
eglGetPlatformDisplay eglCreatePlatformWindowSurface eglCreatePlatformPixmapSurface eglWaitSync
""".split()


def generate(kind, text):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "entries.txt")
        output = pathlib.Path(folder, "output")
        source.write_text(text)
        run = subprocess.run([GENERATOR, kind, source, output], stderr=subprocess.PIPE, text=True)
        return run.returncode, run.stderr, output.read_text() if output.exists() else ""


class Generator(unittest.TestCase):
    def refused(self, text, *words):
        status, said, _ = generate("source", text)
        self.assertNotEqual(status, 0)
        for word in words:
            self.assertIn(word, said)

    def test_a_core_row_has_no_stub(self):
        _, _, code = generate("source", "core EGLBoolean eglOne(EGLDisplay dpy)\n")
        self.assertIn('{"eglOne", (EGLProc)xg_eglOne, NULL, -1}', code)
        self.assertNotIn("stub_", code)

    def test_a_display_row_has_a_stub_that_asks_for_the_display(self):
        _, _, code = generate("source", "display EGLint eglOne(EGLDisplay dpy, EGLint *a)\n")
        self.assertIn("xg_vendor_fetch_by_display(dpy, 0)", code)
        self.assertIn("call(dpy, a)", code)

    def test_another_name_runs_the_same_function(self):
        text = "core EGLint eglOne(EGLDisplay d)\ndisplay EGLint eglTwo(EGLDisplay d) = eglOne\n"
        _, _, code = generate("source", text)
        self.assertIn('{"eglTwo", (EGLProc)xg_eglOne, (EGLProc)stub_eglTwo, -1}', code)
        _, _, declared = generate("header", text)
        self.assertNotIn("xg_eglTwo", declared)

    def test_bad_rows_are_refused_with_their_line(self):
        self.refused("# one\nnonsense\n", "entries.txt:2", "not a row")
        self.refused("core int eglA(void)\ncore int eglA(void)\n", "entries.txt:2", "twice")
        self.refused("display int eglA(EGLSurface s)\n", "entries.txt:1", "EGLDisplay")
        self.refused("device int eglA(EGLDisplay d)\n", "entries.txt:1", "EGLDeviceEXT")
        self.refused("core int eglA(void) = eglB\n", "entries.txt:1", "eglB")

    def test_all_of_egl_is_there(self):
        _, _, code = generate("source", pathlib.Path(ENTRIES).read_text())
        for name in CORE:
            self.assertIn(f'{{"{name}", (EGLProc)xg_{name}, NULL', code)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
