// SPDX-License-Identifier: MIT
// A picture with premultiplied alpha, and not scaled; see plain.vert.
precision highp float;
uniform highp sampler2D picture;
varying highp vec2 texel;

void main()
{
	gl_FragColor = texture2D(picture, texel);
}
