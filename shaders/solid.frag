// SPDX-License-Identifier: MIT
// One colour, premultiplied.
precision highp float;
uniform vec4 colour;

void main()
{
	gl_FragColor = colour;
}
