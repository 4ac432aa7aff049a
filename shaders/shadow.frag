// SPDX-License-Identifier: MIT
// The soft shadow around a box, colour.a deep at its edge, and nothing a reach away from it.
precision highp float;
uniform vec4 colour;
uniform vec2 corner, extent;
uniform float reach;

void main()
{
	vec2 away = max(abs(gl_FragCoord.xy - corner - 0.5 * extent) - 0.5 * extent, 0.0);
	float near = clamp(1.0 - length(away) / reach, 0.0, 1.0);
	gl_FragColor = colour * (near * near);
}
