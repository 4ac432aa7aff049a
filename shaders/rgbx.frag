// SPDX-License-Identifier: MIT
// A picture whose fourth channel means nothing; see rgba.frag.
precision highp float;
uniform highp sampler2D picture;
uniform vec2 corner;
uniform vec3 across, down;

void main()
{
	vec3 place = vec3(gl_FragCoord.xy - corner, 1.0);
	vec2 texel = vec2(dot(across, place), dot(down, place));
	gl_FragColor = vec4(texture2D(picture, texel).rgb, 1.0);
}
