"""Dragoman reads news reports about diplomacy and keeps one sourced record of them."""

__version__ = "0.1.0"
