"""The pages of docs/ that are made of the program itself: `python -m handbook` writes them, and a test fails where they are not what it would write."""
