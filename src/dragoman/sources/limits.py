"""How much of a file is read at most, so that no file, however it is made, stops the program or fills its memory.

Sizes of what the user gives are in the configuration (`max_bytes`, `max_characters`); here are those that no honest file meets.
"""

from __future__ import annotations

# Seconds that one page, feed, message or document may take. The slowest of 242 pages of news took 0.4.
SECONDS = 20.0
# Elements of one page. The largest of 242 pages of news has 13,000; libxml2 and its proxies need about 1 KB for each.
ELEMENTS = 60_000
# Attributes of one element: parsing takes the square of their number.
ATTRIBUTES = 1_000
# Entries of one feed, and addresses of one sitemap (the protocol's own limit).
ENTRIES = 2_000
ADDRESSES = 50_000
# Members of an archive, archives inside archives, bytes of all members together, and of one byte how many it may become.
MEMBERS = 20_000
NESTING = 3
UNPACKED = 50_000_000_000
RATIO = 200
# Below this a compressed file may grow as it likes: short texts of one letter do.
SMALL = 1_000_000
# Records of a WARC file, messages of a mailbox, parts of one message, pages of a PDF.
RECORDS = 5_000_000
MESSAGES = 100_000
PARTS = 200
PAGES = 2_000
# Columns of a table.
COLUMNS = 2_000
# Bytes that a parser in a process of its own may take beside what it holds when it starts.
CONFINED = 160_000_000
# Seconds of processor time there, and bytes of one object that it gives back.
PROCESSOR = 60
LINE = 40_000_000
# Bytes of a PDF or a message, and of a sitemap, which are read whole.
WHOLE = 50_000_000
SITEMAP = 20_000_000
