// SPDX-License-Identifier: MIT
// What is behind all windows: a dim light, a little above the middle.
precision highp float;
uniform vec2 size;

void main()
{
	vec2 away = gl_FragCoord.xy / size - vec2(0.5, 0.35);
	float dark = smoothstep(0.0, 0.85, length(away));
	gl_FragColor = vec4(mix(vec3(0.19, 0.24, 0.31), vec3(0.07, 0.09, 0.12), dark), 1.0);
}
