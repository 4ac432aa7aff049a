# SPDX-License-Identifier: MIT
"""Writes the test card as a video, uncompressed, so that any player takes it: YUV4MPEG2."""
from pictures import CARD_BARS

WIDTH, HEIGHT = 320, 240
SQUARE = 24
FRAMES_PER_SECOND = 25
STEP = 8
WHITE, BLACK, NEUTRAL = 235, 16, 128


def yuv(colour):
    """BT.601, in the range that video has."""
    r, g, b = (value / 255 for value in colour)
    y = 0.299 * r + 0.587 * g + 0.114 * b
    return round(16 + 219 * y), round(128 + 126.4 * (b - y)), round(128 + 159.7 * (r - y))


def plane(channel, width, height, below):
    """One channel of the bars, and of what is below them, without the square."""
    row = b"".join(bytes([yuv(colour)[channel]]) * (width // len(CARD_BARS)) for colour in CARD_BARS)
    return row * (height * 3 // 4) + bytes([below]) * width * (height // 4)


def write(path):
    luma = plane(0, WIDTH, HEIGHT, WHITE)
    chroma = b"".join(plane(c, WIDTH // 2, HEIGHT // 2, NEUTRAL) for c in (1, 2))
    top = HEIGHT * 7 // 8 - SQUARE // 2
    with open(path, "wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n".encode())
        for left in range(0, WIDTH - SQUARE, STEP):
            picture = bytearray(luma)
            for y in range(top, top + SQUARE):
                at = y * WIDTH + left
                picture[at : at + SQUARE] = bytes([BLACK]) * SQUARE
            file.write(b"FRAME\n" + picture + chroma)
