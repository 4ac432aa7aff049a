// SPDX-License-Identifier: MIT
// A picture with premultiplied alpha.
precision highp float;
uniform highp sampler2D picture;
varying vec2 texel;

void main()
{
	gl_FragColor = texture2D(picture, texel);
}
