# SPDX-License-Identifier: MIT
"""Reads and writes PNG files of 8 bits a channel, and asks what is in them."""
import struct
import zlib
from collections import Counter

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}


class Image:
    """Rows of (red, green, blue) pixels, row by row from the top left."""

    def __init__(self, width, height, pixels):
        self.width = width
        self.height = height
        self.pixels = pixels

    def at(self, x, y):
        return self.pixels[y * self.width + x]

    def crop(self, left, top, right, bottom):
        """The part from left and top on, up to but without right and bottom."""
        rows = []
        for y in range(top, bottom):
            rows += self.pixels[y * self.width + left : y * self.width + right]
        return Image(right - left, bottom - top, rows)

    def colours(self):
        """How often each colour occurs."""
        return Counter(self.pixels)

    def count(self, is_wanted):
        """How many pixels are of a colour for which is_wanted((r, g, b)) is true."""
        return sum(n for colour, n in self.colours().items() if is_wanted(colour))

    def box(self, is_wanted):
        """(left, top, right, bottom) around all pixels of such a colour, or None."""
        wanted = {colour for colour in self.colours() if is_wanted(colour)}
        places = [i for i, colour in enumerate(self.pixels) if colour in wanted]
        if not places:
            return None
        columns = [i % self.width for i in places]
        return (
            min(columns),
            places[0] // self.width,
            max(columns) + 1,
            places[-1] // self.width + 1,
        )


def _unfilter(kind, line, above, step):
    """Undoes one row's filter, in place."""
    if kind == 1:
        for i in range(step, len(line)):
            line[i] = (line[i] + line[i - step]) & 255
    elif kind == 2:
        for i, up in enumerate(above):
            line[i] = (line[i] + up) & 255
    elif kind == 3:
        for i, up in enumerate(above):
            left = line[i - step] if i >= step else 0
            line[i] = (line[i] + ((left + up) >> 1)) & 255
    elif kind == 4:
        for i, up in enumerate(above):
            left = line[i - step] if i >= step else 0
            corner = above[i - step] if i >= step else 0
            guess = left + up - corner
            a, b, c = abs(guess - left), abs(guess - up), abs(guess - corner)
            nearest = left if a <= b and a <= c else up if b <= c else corner
            line[i] = (line[i] + nearest) & 255
    elif kind != 0:
        raise ValueError(f"no such filter: {kind}")


def _chunks(data):
    at = len(SIGNATURE)
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8 : at + 8 + size]
        at += size + 12


def read(path):
    """Reads a file; raises ValueError if it is no PNG that this knows to read."""
    with open(path, "rb") as file:
        data = file.read()
    if not data.startswith(SIGNATURE):
        raise ValueError(f"{path} is no PNG")
    packed = b""
    for kind, body in _chunks(data):
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", body)
        elif kind == b"IDAT":
            packed += body
    if depth != 8 or colour not in CHANNELS or interlace:
        raise ValueError(f"{path}: depth {depth}, colour type {colour}")
    step = CHANNELS[colour]
    raw = zlib.decompress(packed)
    stride = width * step
    above = bytearray(stride)
    pixels = []
    for y in range(height):
        start = y * (stride + 1)
        line = bytearray(raw[start + 1 : start + 1 + stride])
        _unfilter(raw[start], line, above, step)
        if step >= 3:
            pixels += zip(line[0::step], line[1::step], line[2::step])
        else:
            pixels += ((grey, grey, grey) for grey in line[0::step])
        above = line
    return Image(width, height, pixels)


def write(path, image):
    """Writes an image, for someone to look at."""

    def chunk(kind, body):
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    raw = bytearray()
    for y in range(image.height):
        raw.append(0)
        for pixel in image.pixels[y * image.width : (y + 1) * image.width]:
            raw += bytes(pixel)
    head = struct.pack(">IIBBBBB", image.width, image.height, 8, 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(raw))))
        file.write(chunk(b"IEND", b""))
