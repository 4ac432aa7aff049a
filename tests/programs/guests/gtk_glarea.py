#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The test card in a GtkGLArea, by OpenGL ES: GTK composites it with its own GL renderer.

GTK 4.8 gives an area desktop GL unless the program asks for ES; so gtk4-demo's cannot serve here.
"""
import ctypes

import gi

gi.require_version("Gtk", "4.0")
from gi.repository import Gtk  # noqa: E402

WIDTH, HEIGHT = 320, 240
SQUARE = 24
GL_COLOR_BUFFER_BIT = 0x4000
GL_SCISSOR_TEST = 0x0C11
GL_RENDERER = 0x1F01
GL_VIEWPORT = 0x0BA2

gl = ctypes.CDLL("libGLESv2.so.2")
gl.glClearColor.argtypes = [ctypes.c_float] * 4
gl.glGetString.restype = ctypes.c_char_p


class Card:
    def __init__(self):
        self.frame = 0

    def fill(self, colour, *box):
        gl.glScissor(*box)
        gl.glClearColor(*colour, 1)
        gl.glClear(GL_COLOR_BUFFER_BIT)

    def render(self, area, _context):
        width, height = area.get_width(), area.get_height()
        if self.frame == 0:
            print("GL_RENDERER", gl.glGetString(GL_RENDERER).decode(), flush=True)
        gl.glEnable(GL_SCISSOR_TEST)
        for i, colour in enumerate(((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1))):
            left, right = width * i // 4, width * (i + 1) // 4
            self.fill(colour, left, 0, right - left, height)
        self.fill((1, 1, 1), 0, 0, width, height // 4)
        left = self.frame * 4 % (width - SQUARE)
        self.fill((0, 0, 0), left, (height // 4 - SQUARE) // 2, SQUARE, SQUARE)
        gl.glDisable(GL_SCISSOR_TEST)
        self.frame += 1
        return True


def activate(application):
    card = Card()
    window = Gtk.ApplicationWindow(application=application)
    area = Gtk.GLArea()
    area.set_use_es(True)
    area.set_size_request(WIDTH, HEIGHT)
    area.connect("render", card.render)
    area.add_tick_callback(lambda *_: area.queue_render() or True)
    window.set_child(area)
    window.present()


program = Gtk.Application()
program.connect("activate", activate)
program.run()
