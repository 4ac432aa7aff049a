# SPDX-License-Identifier: MIT
"""What the generator says when its input is wrong: always a file, a line and what to do."""


class Problem(Exception):
    """Stops the build. Its text reads FILE:LINE: TEXT, as a compiler's does."""

    def __init__(self, path, line, text):
        super().__init__(f"{path}:{line}: {text}")
