// SPDX-License-Identifier: MIT
// Places a corner given in pixels of the target. Row 0 of a canvas is its top, in memory as on the
// screen. Fragments know where they are by gl_FragCoord: so what they show does not depend on the
// rectangles that a region happens to be painted by.
uniform vec2 size;
attribute vec2 position;

void main()
{
	gl_Position = vec4(2.0 * position / size - 1.0, 0.0, 1.0);
}
