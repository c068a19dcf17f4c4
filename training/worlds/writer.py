"""Text that is written piece by piece while labels open and close around it.

Neighbouring pieces influence each other ('de' + 'le' = 'du', 'que' + 'il' = "qu'il", Arabic 'ل' + 'ال' = 'لل'), so a label's start is fixed only when
its first piece is written, after the joint has been made.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Joint:
    """Where the text ends like `left` and the next piece begins like `right`, both together become `become`."""

    left: str
    right: re.Pattern[str]
    become: str


class Writer:
    """One growing text with its labels."""

    def __init__(self, joints: Sequence[Joint]) -> None:
        self.text = ""
        self.spans: list[Span] = []
        self._joints = joints
        self._waiting: list[list[int]] = []

    def write(self, piece: str) -> None:
        """Add text, mending the seam with what stands before."""
        if not piece:
            return
        if piece[0] == " " and (not self.text or self.text[-1] in " \n\xa0(“«„‚‘「"):
            piece = piece.lstrip(" ")
            if not piece:
                return
        if piece[0] in ",.،؛" and self.text.endswith(" "):
            self.text = self.text[:-1]
        if piece[0] in ",.،:" and self.text.endswith((",", "،")):
            self.text = self.text[:-1]
        for joint in self._joints:
            if self.text.endswith(joint.left) and (found := joint.right.match(piece)):
                before = self.text[-len(joint.left) - 1 : -len(joint.left)]
                if before.isalpha() and joint.left[0].isalpha() and joint.left[-1] == " ":
                    continue
                self.text = self.text[: -len(joint.left)] + joint.become
                piece = piece[found.end() :]
                break
        for start in self._waiting:
            start[0] = len(self.text)
        self._waiting.clear()
        self.text += piece

    def open(self) -> list[int]:
        """A start that is fixed when the next piece is written."""
        start = [len(self.text)]
        self._waiting.append(start)
        return start

    def close(self, start: list[int], label: str) -> None:
        """End a labelled stretch here."""
        if any(waiting is start for waiting in self._waiting):
            self._waiting = [waiting for waiting in self._waiting if waiting is not start]
            return
        self.spans.append((start[0], len(self.text), label))

    def insert(self, text: str, spans: Sequence[Span]) -> None:
        """Write text that already carries labels."""
        self.write(text)
        shift = len(self.text) - len(text)
        self.spans.extend((start + shift, end + shift, label) for start, end, label in spans)

    def finish(self) -> tuple[str, list[Span]]:
        """The text without outer blanks, and its labels trimmed of blanks and of nothing else."""
        lead = len(self.text) - len(self.text.lstrip())
        text = self.text.strip()
        spans = []
        for first, last, label in self.spans:
            start, end = max(first - lead, 0), min(last - lead, len(text))
            while start < end and text[start].isspace():
                start += 1
            while end > start and (text[end - 1].isspace() or text[end - 1] in ",،"):
                end -= 1
            if end > start:
                spans.append((start, end, label))
        return text, spans
