"""From data to the shipped weights of `models/encoder`; see README.md beside this file. Not installed with the package."""
