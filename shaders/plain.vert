// SPDX-License-Identifier: MIT
// As quad.vert, for a picture that is not scaled: there the way from corner to corner ends so near
// the middle of each pixel that it does not matter by which rectangles the picture is painted.
// across and down are those of rgba.frag.
uniform vec2 size, corner;
uniform vec3 across, down;
attribute vec2 position;
varying highp vec2 texel;

void main()
{
	vec3 place = vec3(position - corner, 1.0);
	texel = vec2(dot(across, place), dot(down, place));
	gl_Position = vec4(2.0 * position / size - 1.0, 0.0, 1.0);
}
