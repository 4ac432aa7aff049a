# SPDX-License-Identifier: MIT
"""What the generator says when its input is wrong: always a file, a line and what to do."""


class Problem(Exception):
    """Stops the build. Its text reads FILE:LINE: TEXT, as a compiler's does."""

    def __init__(self, path, line, text):
        super().__init__(f"{path}:{line}: {text}")


class Problems(Exception):
    """Several of them, so that who adds a whole version sees at once what it wants."""

    def __init__(self, problems):
        super().__init__("\n".join(str(problem) for problem in problems))
