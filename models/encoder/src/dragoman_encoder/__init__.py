"""A small multilingual encoder with heads for what news about diplomacy tells; see README.md for what it was trained on and how good it is."""

__version__ = "0.1.0"
