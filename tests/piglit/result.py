# SPDX-License-Identifier: MIT
"""What a test of piglit's said: a word for the whole, and one for each of its subtests."""
import json
from dataclasses import dataclass, field

MARK = "PIGLIT:"
HOST_ENDED = "the host ended"


@dataclass
class Result:
    word: str  # pass, fail, skip, warn, crash, timeout or HOST_ENDED
    subtests: dict = field(default_factory=dict)
    text: str = field(default="", compare=False)

    def is_like(self, other):
        """Whether a native result and another are the same. What crashes the driver natively ends
        a guest's host process, in which the driver is."""
        if self.word == "crash" and other.word == HOST_ENDED:
            return True
        return self == other

    def differences(self, other):
        """(name, our word, the other's) of each part in which two results differ."""
        pairs = [("", self.word, other.word)]
        for name in sorted({*self.subtests, *other.subtests}):
            pairs.append((name, self.subtests.get(name, "none"), other.subtests.get(name, "none")))
        return [pair for pair in pairs if pair[1] != pair[2]]

    def record(self):
        return {"result": self.word, **({"subtests": self.subtests} if self.subtests else {})}


def read(text, status):
    """From a program's output and its exit status, as piglit's own runner understands them."""
    word, subtests = None, {}
    for line in text.splitlines():
        if not line.startswith(MARK):
            continue
        try:
            said = json.loads(line[len(MARK):])
        except ValueError:
            continue
        word = said.get("result", word)
        subtests.update(said.get("subtest", {}))
    if status is None:
        word = "timeout"
    elif status < 0:
        word = "crash"
    elif status > 0 or word is None:
        word = "warn" if word == "pass" else "fail"
    return Result(word, subtests, text)
