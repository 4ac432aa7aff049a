# SPDX-License-Identifier: MIT
"""What a program's window must hold: each function answers None if it does, else what is missing."""

# The test card's four bars, from the left. Its lower quarter is white, with a black square in it
# that moves from side to side. What draws for these tests alone, in guests/, draws this card.
CARD_BARS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255))
# A video's colours come back from YUV, a scene's through a blend.
TOLERANCE = 16


def is_like(wanted):
    return lambda c: all(abs(a - b) <= TOLERANCE for a, b in zip(c, wanted))


def is_red(c):
    return c[0] > 150 and c[1] < 90 and c[2] < 90


def is_green(c):
    return c[1] > 150 and c[0] < 90 and c[2] < 90


def is_blue(c):
    return c[2] > 150 and c[0] < 90 and c[1] < 90


def at_least(content, **wanted):
    """None if the content has so many pixels of each colour, else what is missing."""
    tests = {"red": is_red, "green": is_green, "blue": is_blue}
    for name, pixels in wanted.items():
        found = content.count(tests[name])
        if found < pixels:
            return f"{found} {name} pixels, at least {pixels} are wanted"
    return None


def inner(image, left, top, right, bottom):
    """That part without its edges, which may be blended with their neighbours."""
    return image.crop(left + 4, top + 4, right - 4, bottom - 4)


def find_card(content, width, height):
    """The test card of that size in the content, or None; its red bar says where it stands."""
    bar = content.box(is_like(CARD_BARS[0]))
    if not bar or abs(bar[2] - bar[0] - width // 4) > 2 or abs(bar[3] - bar[1] - height * 3 // 4) > 2:
        return None
    right, bottom = bar[0] + width, bar[1] + height
    if right > content.width + 2 or bottom > content.height + 2:
        return None
    return content.crop(
        bar[0], bar[1], min(right, content.width), min(bottom, content.height)
    )  # fmt: skip


def card_of(width, height):
    """A check for a test card of that size, anywhere in the window."""

    def check(content):
        card = find_card(content, width, height)
        if not card:
            return f"no red bar of {width // 4} by {height * 3 // 4} pixels"
        field = card.height * 3 // 4
        for i, colour in enumerate(CARD_BARS):
            bar = inner(card, card.width * i // 4, 0, card.width * (i + 1) // 4, field)
            wrong = bar.width * bar.height - bar.count(is_like(colour))
            if wrong:
                return f"{wrong} pixels of bar {i} are not {colour}"
        strip = inner(card, 0, field, card.width, card.height)
        black = strip.count(is_like((0, 0, 0)))
        white = strip.count(is_like((255, 255, 255)))
        if not strip.width * strip.height // 100 < black < strip.width * strip.height // 3:
            return f"{black} black pixels below: no square"
        if black + white < strip.width * strip.height * 9 // 10:
            return "the strip is not white around its square"
        return None

    check.__doc__ = f"The test card, {width} by {height}."
    return check


def same_as(other):
    """A check for the very pixels of another picture."""

    def check(content):
        if (content.width, content.height) != (other.width, other.height):
            return f"{content.width} by {content.height} pixels, not {other.width} by {other.height}"
        wrong = sum(a != b for a, b in zip(content.pixels, other.pixels))
        return f"{wrong} pixels differ" if wrong else None

    return check


def triangle(content):
    """weston-simple-egl: a triangle, its corners red, green and blue, on half-transparent black."""
    colours = content.colours()
    if len(colours) < 500:
        return f"{len(colours)} colours: no gradient"
    return at_least(content, red=50, green=50, blue=50)


def subsurfaces(content):
    """weston-subsurfaces: a green main surface, a red one of wl_shm, and one of GL's on dark green
    at its right, with a triangle whose corners are red, green and blue."""
    left = content.crop(0, content.height // 4, content.width // 2, content.height * 3 // 4)
    if left.count(lambda c: c[1] > 140 and max(c[0], c[2]) < 40) < left.width * left.height // 2:
        return "the main surface is not green"
    upper = content.crop(content.width * 3 // 4, 0, content.width, content.height // 2)
    if upper.count(lambda c: c[0] > 140 and max(c[1:]) < 60) < upper.width * upper.height // 3:
        return "no red surface at the upper right"
    lower = content.crop(upper.width * 3, content.height // 2, content.width, content.height)
    if lower.count(lambda c: 60 < c[1] < 110 and max(c[0], c[2]) < 20) < 2000:
        return "no dark green surface at the lower right"
    if len(lower.colours()) < 300:
        return f"{len(lower.colours())} colours there: no gradient"
    return at_least(lower, red=50, green=50, blue=50)


def gears(content):
    """es2gears: a red, a green and a blue gear, shaded, on black."""
    if content.count(lambda c: max(c) < 8) < content.width * content.height // 5:
        return "no black background"
    return at_least(content, red=300, green=300) or (
        None
        if content.count(lambda c: c[2] > 100 and c[2] > c[0] + 40) > 300
        else "no blue gear"
    )


def shaded_model(content):
    """glmark2's shading scene: a turning model, lit, on a plain background."""
    colours = content.colours()
    if len(colours) < 100:
        return f"{len(colours)} colours: no shading"
    if max(colours.values()) > content.width * content.height * 95 // 100:
        return "next to nothing but background"
    return None


def cube(content):
    """testgles2: a turning cube, its corners of many colours."""
    colours = content.colours()
    if len(colours) < 300:
        return f"{len(colours)} colours: no gradient"
    if max(colours.values()) < content.width * content.height // 4:
        return "no background of one colour"
    return None


def photograph(content):
    """gtk4-demo's gltransition: photographs that dissolve, under a header bar and in a frame."""
    colours = content.colours()
    if len(colours) < 5000:
        return f"{len(colours)} colours: no photograph"
    frame, pixels = colours.most_common(1)[0]
    if min(frame) < 230 or pixels < content.width * content.height // 20:
        return "no light frame around it"
    return None


def widgets(content):
    """gtk4-widget-factory: grey buttons, black text, blue bars, and a photograph."""
    colours = content.colours()
    if len(colours) < 3000:
        return f"{len(colours)} colours: no photograph"
    counts = {
        "grey": content.count(lambda c: min(c) > 225 and max(c) < 252),
        "black": content.count(lambda c: max(c) < 60),
        "blue": content.count(is_like((0x35, 0x84, 0xE4))),
    }
    for name, wanted in {"grey": 100000, "black": 1000, "blue": 1000}.items():
        if counts[name] < wanted:
            return f"{counts[name]} {name} pixels"
    return None


def message(content):
    """A GTK window with a line of text in the middle, where the picture would be."""
    middle = content.crop(0, content.height // 4, content.width, content.height // 2)
    background, pixels = middle.colours().most_common(1)[0]
    ink = middle.count(lambda c: max(c) < 128)
    if min(background) < 230 or pixels < middle.width * middle.height * 9 // 10 or ink < 200:
        return f"{pixels} pixels of {background} and {ink} of text: no message"
    return None


def shm_pattern(content):
    """weston-simple-shm: moving stripes and rings, in XRGB written by the processor."""
    colours = content.colours()
    return None if len(colours) > 100 else f"{len(colours)} colours: no pattern"


def plain_pad(content):
    """weston-simple-touch: a plain pad to paint on, half transparent."""
    colour, pixels = content.colours().most_common(1)[0]
    if pixels < content.width * content.height * 9 // 10:
        return f"no pad of one colour: {pixels} pixels of {colour}"
    return None


def terminal(content):
    """Blocks of three pure colours over lines of text."""
    problem = at_least(content, red=1000, green=1000, blue=1000)
    if problem:
        return problem
    blocks = content.box(is_blue)
    text = content.crop(0, blocks[3], content.width, content.height)
    background, _ = text.colours().most_common(1)[0]
    ink = text.count(lambda c: sum(abs(a - b) for a, b in zip(c, background)) > 200)
    return None if ink > 500 else f"{ink} pixels of text"
