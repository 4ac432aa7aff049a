/* SPDX-License-Identifier: MIT */
/* The number of each command. Generated from the registry: see protocol/README.md. */
#ifndef XG_OPCODES_H
#define XG_OPCODES_H

enum xg_opcode {
	XG_OP_NONE = 0,
	XG_OP_glBindAttribLocation = 1,
	XG_OP_glBindTexture = 2,
	XG_OP_glBufferData = 3,
	XG_OP_glClear = 4,
	XG_OP_glCreateShader = 5,
	XG_OP_glDeleteTextures = 6,
	XG_OP_glDrawElements = 7,
	XG_OP_glFlush = 8,
	XG_OP_glGenTextures = 9,
	XG_OP_glGetShaderInfoLog = 10,
	XG_OP_glGetTexParameteriv = 11,
	XG_OP_glIsEnabled = 12,
	XG_OP_glTexSubImage2D = 13,
	XG_OP_glUniform4fv = 14,
	XG_OP_glObjectLabelKHR = 15,
	XG_OP_xgQuerySurface = 16,
	XG_OP_xgError = 17,
};

/* The length of the ledger: opcodes are 1 … XG_OPCODE_LAST. */
#define XG_OPCODE_LAST 17

#endif
