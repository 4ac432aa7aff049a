// SPDX-License-Identifier: MIT
// Places a corner given in pixels of the target, and hands its texture coordinate on. Row 0 of the
// picture is its top, in memory as on the screen; flip is -1 where the target's row 0 is the bottom.
uniform vec2 size;
uniform float flip;
attribute vec2 position;
attribute vec2 coordinate;
varying vec2 texel;

void main()
{
	vec2 place = 2.0 * position / size - 1.0;
	gl_Position = vec4(place.x, place.y * flip, 0.0, 1.0);
	texel = coordinate;
}
