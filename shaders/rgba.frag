// SPDX-License-Identifier: MIT
// A picture with premultiplied alpha. across and down map a place, counted from the corner, to
// texture coordinates.
precision highp float;
uniform highp sampler2D picture;
uniform vec2 corner;
uniform vec3 across, down;

void main()
{
	vec3 place = vec3(gl_FragCoord.xy - corner, 1.0);
	gl_FragColor = texture2D(picture, vec2(dot(across, place), dot(down, place)));
}
