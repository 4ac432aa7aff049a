// SPDX-License-Identifier: MIT
// What both pages need: a program from two shaders, and to tell the test who draws.
function link(gl, vertex, fragment, caught) {
	const program = gl.createProgram();
	for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
		const shader = gl.createShader(kind);
		gl.shaderSource(shader, source);
		gl.compileShader(shader);
		gl.attachShader(program, shader);
	}
	if (caught)
		gl.transformFeedbackVaryings(program, caught, gl.SEPARATE_ATTRIBS);
	gl.linkProgram(program);
	return program;
}

function say(name, gl) {
	const unmasked = gl.getExtension('WEBGL_debug_renderer_info').UNMASKED_RENDERER_WEBGL;
	const said = [gl.getParameter(gl.VERSION), gl.getParameter(unmasked), gl.getError()];
	fetch('said/' + name, {method: 'POST', body: said.join('\n')});
}
