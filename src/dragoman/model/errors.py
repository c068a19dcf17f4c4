"""The errors a user can meet, one tree:

    DragomanError
    ├── InputError          a file, line or argument cannot be used: names it and the next step
    │   ├── EmptyInput      nothing to read in it
    │   ├── BinaryInput     not text
    │   ├── NotFound        the record has nothing of that id or name
    │   ├── Ambiguous       several things of the record answer to a name: `candidates` lists them
    │   └── TooLarge        above the configured limit
    ├── ConfigError         dragoman.toml, an option or a DRAGOMAN_* variable is wrong
    ├── ModelMissing        a packaged model, or the library of a format, is not installed
    ├── EngineError         worker processes cannot be started
    ├── StoreError          a record cannot be opened, read or written: names the file or database and the next step
    └── PipelineError       stages do not fit together (a programming error of a plug-in)

Inside a batch the same messages become `Trouble` values; at the door they are raised.
"""

from __future__ import annotations

import errno

# What a disk or a system that has run out says.
_OF_THE_MACHINE = frozenset({errno.ENOSPC, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.EIO, errno.ENOMEM, getattr(errno, "EDQUOT", errno.ENOSPC)})


class DragomanError(Exception):
    """Base of all; its message is meant for the user as it stands."""


class InputError(DragomanError):
    """A file, a line or an argument cannot be used."""


class EmptyInput(InputError):
    """There is nothing to read."""


class BinaryInput(InputError):
    """The bytes are not text."""


class NotFound(InputError):
    """The record has nothing of that id or name."""


class Ambiguous(InputError):
    """Several things of the record answer to what was typed; `candidates` are lines for people, each with an id to give."""

    def __init__(self, message: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates


class TooLarge(InputError):
    """The text is above the limit of the configuration."""


class ConfigError(DragomanError):
    """A setting cannot be understood."""


class ModelMissing(DragomanError):
    """A packaged model, or the library of a format, is not installed."""


class EngineError(DragomanError):
    """Worker processes cannot be started."""


class StoreError(DragomanError):
    """A record cannot be opened, read or written; what was kept before is kept still."""


class PipelineError(DragomanError):
    """A stage needs a layer that no stage before it gives."""


def is_of_the_machine(error: BaseException) -> bool:
    """Whether an error is the machine's and no article's: a full disk, no more memory or open files. Then all work must stop, and can be done later."""
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in _OF_THE_MACHINE)
