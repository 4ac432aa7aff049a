// SPDX-License-Identifier: MIT
// A picture whose fourth channel means nothing.
precision highp float;
uniform highp sampler2D picture;
varying vec2 texel;

void main()
{
	gl_FragColor = vec4(texture2D(picture, texel).rgb, 1.0);
}
