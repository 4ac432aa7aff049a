/* SPDX-License-Identifier: MIT */
/* EXT_separate_shader_objects for the cases: its functions, and programs of one stage. */
#ifndef XG_TESTS_GL_SEPARATE_H
#define XG_TESTS_GL_SEPARATE_H

#include "case.h"

struct separate {
	PFNGLACTIVESHADERPROGRAMEXTPROC glActiveShaderProgramEXT;
	PFNGLBINDPROGRAMPIPELINEEXTPROC glBindProgramPipelineEXT;
	PFNGLCREATESHADERPROGRAMVEXTPROC glCreateShaderProgramvEXT;
	PFNGLDELETEPROGRAMPIPELINESEXTPROC glDeleteProgramPipelinesEXT;
	PFNGLGENPROGRAMPIPELINESEXTPROC glGenProgramPipelinesEXT;
	PFNGLGETPROGRAMPIPELINEINFOLOGEXTPROC glGetProgramPipelineInfoLogEXT;
	PFNGLGETPROGRAMPIPELINEIVEXTPROC glGetProgramPipelineivEXT;
	PFNGLISPROGRAMPIPELINEEXTPROC glIsProgramPipelineEXT;
	PFNGLPROGRAMPARAMETERIEXTPROC glProgramParameteriEXT;
	PFNGLUSEPROGRAMSTAGESEXTPROC glUseProgramStagesEXT;
	PFNGLVALIDATEPROGRAMPIPELINEEXTPROC glValidateProgramPipelineEXT;
};

/* A uniform "shift" moves the attribute "position", which is to be at location 0; the varying is
 * "place". A uniform "tint" colours. */
extern const char separate_vertex[], separate_fragment[];

struct separate need_separate(void);

/* A program of one shader, which is linked by hand, and said to be. */
GLuint make_separate(const struct separate *s, GLenum type, const char *source);

#endif
