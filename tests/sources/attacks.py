"""Files made to do harm, each thrown at the program in a process of its own: python attacks.py NAME prints what came of it as JSON."""

import base64
import bz2
import gzip
import io
import json
import os
import resource
import struct
import sys
import tarfile
import tempfile
import threading
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import fuzz_samples as made  # noqa: E402
from dragoman.model.config import Config  # noqa: E402
from dragoman.model.errors import InputError  # noqa: E402
from dragoman.sources.opening import arrivals_in  # noqa: E402

MEGA = 1_000_000
Attack = tuple[str, bytes]


def zeros(count: int) -> bytes:
    """So many bytes of nothing, packed by gzip."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(bytes(MEGA)) for _ in range(count // MEGA)), packer.flush()])


def again(pack: Callable[[bytes], bytes], raw: bytes, times: int) -> bytes:
    for _ in range(times):
        raw = pack(raw)
    return raw


def page(inner: str) -> bytes:
    return f"<html><head><title>Ministers meet</title></head><body><article>{inner}{made.PARAGRAPHS}</article></body></html>".encode()


def tar_of(*entries: tuple[tarfile.TarInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for entry, raw in entries:
            entry.size = len(raw)
            archive.addfile(entry, io.BytesIO(raw))
    return out.getvalue()


def tar_kind(kind: bytes, name: str, target: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry


def zip_link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("link.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def many_members() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", made.TEXT)
        one = archive.filelist[0]
        archive.filelist.extend([one] * 30_000)
    return out.getvalue()


def long_name() -> bytes:
    """A member whose name takes 12 MB, which do not pack well."""
    name = base64.b64encode(os.urandom(9 * MEGA))
    entry = tarfile.TarInfo("././@LongLink")
    entry.type, entry.size = tarfile.GNUTYPE_LONGNAME, len(name)
    return entry.tobuf(format=tarfile.GNU_FORMAT) + name + bytes(-len(name) % 512) + made.tarred({"a.txt": made.TEXT.encode()})


def sparse() -> bytes:
    """A member of eight bytes that says it is a terabyte."""
    entry = tarfile.TarInfo("a.txt")
    entry.type, entry.size = tarfile.GNUTYPE_SPARSE, 512
    head = bytearray(entry.tobuf(format=tarfile.GNU_FORMAT))
    head[386:410] = b"00000000000\0" + b"00000001000\0"
    head[483:495] = b"\x80" + bytes(3) + struct.pack(">Q", 1 << 40)
    head[148:156] = b"        "
    head[148:156] = f"{sum(head):06o}\0 ".encode()
    return bytes(head) + bytes(512) + bytes(1024)


def pdf_with(stream: bytes, kids: str = "[3 0 R]") -> bytes:
    drawn = f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids {kids} /Count 1000000 >>".encode(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        drawn.encode() + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return out + f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def endless_pdf() -> bytes:
    """A page that draws the same words until the day ends."""
    return pdf_with(zlib.compress(b"BT /F1 9 Tf 60 760 Td " + b"(word) Tj " * 6 * MEGA + b"ET", 9))


def looping_pdf() -> bytes:
    """Tables of contents that point at each other."""
    raw = made.pdf()
    start = raw.rindex(b"startxref")
    place = int(raw[start + 9 :].split()[0])
    return raw.replace(b"/Root 1 0 R", f"/Prev {place} /Root 1 0 R".encode())


def mail_with(body: bytes, kind: str = "text/plain") -> bytes:
    return b"From: a@example.org\nSubject: News\nDate: Tue, 04 Mar 2025 10:00:00 +0100\nMIME-Version: 1.0\nContent-Type: " + kind.encode() + b"\n\n" + body


def nested_mail() -> bytes:
    heads = "".join(f'Content-Type: multipart/mixed; boundary="b{depth}"\n\n--b{depth}\n' for depth in range(3_000))
    return b"From: a@example.org\nSubject: News\nDate: Tue, 04 Mar 2025 10:00:00 +0100\nMIME-Version: 1.0\n" + heads.encode() + b"\n\nThey met."


def parted_mail() -> bytes:
    parts = "".join("--edge\nContent-Type: text/plain\n\nThey met.\n" for _ in range(4_000))
    return mail_with(parts.encode() + b"--edge--\n", 'multipart/mixed; boundary="edge"')


def parquet_bomb() -> bytes:
    import pyarrow
    import pyarrow.parquet as library

    out = io.BytesIO()
    library.write_table(pyarrow.table({"text": ["x" * 50 * MEGA] * 8}), out, compression="zstd")
    return out.getvalue()


def warc_with(body: bytes, headers: str = "Content-Type: text/html", length: int | None = None) -> bytes:
    http = f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2025-03-04T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: {length or len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";"}{("&" + chr(97 + n) + ";") * 9}">' for n in range(12)) + "]>"
)
READS = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ITEM = "<item><title>Ministers meet</title><link>https://a.example/1</link><description>They met.</description></item>"

ATTACKS: dict[str, Callable[[], Attack]] = {
    "gzip-bomb": lambda: ("a.txt.gz", zeros(400 * MEGA)),
    "bzip2-bomb": lambda: ("a.txt.bz2", bz2.compress(bytes(300 * MEGA))),
    "gzip-in-gzip": lambda: ("a.gz", again(lambda raw: gzip.compress(raw, mtime=0), made.TEXT.encode(), 6)),
    "gzip-bomb-in-zip": lambda: ("a.zip", made.zipped({"a.jsonl.gz": zeros(200 * MEGA)})),
    "zip-bomb": lambda: ("a.zip", made.zipped({"a.txt": bytes(200 * MEGA), "b.txt": made.TEXT.encode()})),
    "zip-in-zip": lambda: ("a.zip", again(lambda raw: made.zipped({"a.zip": raw}), made.zipped({"a.txt": made.TEXT.encode()}), 6)),
    "zip-many-members": lambda: ("a.zip", many_members()),
    "zip-outside": lambda: ("a.zip", made.zipped({"../../etc/cron.d/a.txt": made.TEXT.encode(), "/etc/b.txt": made.TEXT.encode()})),
    "zip-link": lambda: ("a.zip", zip_link()),
    "tar-outside": lambda: ("a.tar", made.tarred({"../a.txt": made.TEXT.encode()})),
    "tar-links": lambda: (
        "a.tar",
        tar_of(
            (tar_kind(tarfile.SYMTYPE, "a.txt", "/etc/passwd"), b""),
            (tar_kind(tarfile.LNKTYPE, "b.txt", "/etc/passwd"), b""),
            (tar_kind(tarfile.CHRTYPE, "c.txt"), b""),
            (tar_kind(tarfile.FIFOTYPE, "d.txt"), b""),
        ),
    ),
    "tar-bomb": lambda: ("a.tar.gz", gzip.compress(made.tarred({"a.txt": bytes(100 * MEGA)}), mtime=0)),
    "tar-long-name": lambda: ("a.tar", long_name()),
    "tar-sparse": lambda: ("a.tar", sparse()),
    "rss-laughs": lambda: ("a.xml", f'<?xml version="1.0"?>{LAUGHS}<rss><channel><title>&m;</title>{ITEM}</channel></rss>'.encode()),
    "rss-laughs-utf16": lambda: ("a.xml", f'<?xml version="1.0"?>{LAUGHS}<rss><channel><title>&m;</title>{ITEM}</channel></rss>'.encode("utf-16")),
    "rss-reads-files": lambda: ("a.xml", f'<?xml version="1.0"?>{READS}<rss><channel><title>&a;</title>{ITEM}</channel></rss>'.encode()),
    "sitemap-laughs": lambda: ("a.xml", f'<?xml version="1.0"?>{LAUGHS}<urlset><url><loc>&m;</loc></url></urlset>'.encode()),
    "sitemap-reads-files": lambda: ("a.xml", f'<?xml version="1.0"?>{READS}<urlset><url><loc>&a;</loc></url></urlset>'.encode()),
    "sitemap-external-dtd": lambda: ("a.xml", b'<?xml version="1.0"?><!DOCTYPE urlset SYSTEM "http://a.example/x.dtd"><urlset><url><loc>https://a.example/</loc></url></urlset>'),
    "rss-many-entries": lambda: ("a.xml", f"<rss version='2.0'><channel><title>t</title>{ITEM * 60_000}</channel></rss>".encode()),
    "rss-never-ended": lambda: ("a.xml", b"<rss version='2.0'><channel>" + b"<item>" * 900_000),
    "rss-deep": lambda: ("a.xml", b"<rss version='2.0'><channel><item><title>t</title><description>" + b"<b>" * 80_000 + b"</description></item></channel></rss>"),
    "sitemap-many": lambda: ("a.xml", b"<urlset>" + b"<url><loc>https://a.example/1</loc></url>" * 180_000 + b"</urlset>"),
    "html-deep": lambda: ("a.html", page("<div>" * 5_000)),
    "html-many-elements": lambda: ("a.html", page("<p>x</p>" * 500_000)),
    "html-many-breaks": lambda: ("a.html", page("<p>" + "a<br>" * 59_000)),
    "html-many-attributes": lambda: ("a.html", page(f"<div {' '.join(f'a{n}=1' for n in range(200_000))}>")),
    "html-hidden-attributes": lambda: ("a.html", page(f"""<div {" ".join(f'a{n}="<"' for n in range(100_000))}>""")),
    "html-open-brackets": lambda: ("a.html", page("<" * MEGA)),
    "html-open-comments": lambda: ("a.html", page("<!--" * MEGA)),
    "html-open-scripts": lambda: ("a.html", page("<script " * 55_000)),
    "html-json-deep": lambda: ("a.html", page('<script type="application/ld+json">' + "[" * 900_000 + "</script>")),
    "html-long-line": lambda: ("a.html", page("<p>" + "word, " * 400_000 + "</p>")),
    "pdf-bomb": lambda: ("a.pdf", pdf_with(zlib.compress(bytes(400 * MEGA), 9))),
    "pdf-endless": lambda: ("a.pdf", endless_pdf()),
    "pdf-pages-in-a-ring": lambda: ("a.pdf", pdf_with(zlib.compress(b"BT ET"), "[2 0 R 2 0 R]")),
    "pdf-tables-in-a-ring": lambda: ("a.pdf", looping_pdf()),
    "mail-huge-part": lambda: ("a.mbox", b"From a@example.org Tue Mar  4 10:00:00 2025\n" + mail_with(b"They met. " * 6 * MEGA) + b"\n\nFrom a@example.org Tue Mar  4 10:00:00 2025\n" + made.message()),
    "mail-nested": lambda: ("a.eml", nested_mail()),
    "mail-many-parts": lambda: ("a.eml", parted_mail()),
    "mail-many-headers": lambda: ("a.eml", b"".join(b"To: a@example.org\n" for _ in range(200_000)) + mail_with(b"They met in Oslo.")),
    "mail-huge-html": lambda: ("a.eml", mail_with(b"<p>\xc4\x9f</p>" + b"They met. " * 1_500_000, "text/html; charset=utf-8")),
    "text-noise": lambda: ("a.txt", os.urandom(8 * MEGA - 9).translate(bytes(range(0x80, 0x100)) * 2)),
    "text-noise-in-words": lambda: ("a.txt", os.urandom(8 * MEGA - 9).translate(b"abc \xe9\xff\x81e" * 32)),
    "text-controls": lambda: ("a.txt", b"a \x01" * (8 * MEGA // 3)),
    "rss-controls": lambda: ("a.xml", b"<rss version='2.0'><channel><item><title>t</title><description>" + b"a\x01" * 3 * MEGA + b"</description></item></channel></rss>"),
    "rss-numbers": lambda: ("a.xml", b"<rss version='2.0'><channel><item><title>t</title><description>" + b"&#1;" * 1_900_000 + b"</description></item></channel></rss>"),
    "html-numbers": lambda: ("a.html", page("<p>" + "&#1;" * 1_900_000)),
    "html-many-links": lambda: ("a.html", page('<a href="https://a.example/1">some words</a>' * 20_000)),
    "sitemap-wide": lambda: ("a.xml", ("<urlset>" + "<url><loc>https://a.example/\U0001f600</loc></url>" * 440_000 + "</urlset>").encode()),
    "csv-giant-field": lambda: ("a.csv", b'id,text\n1,They met.\n2,"' + b"They met.\n" * 4 * MEGA),
    "csv-many-columns": lambda: ("a.csv", b"text," * 50_000 + b"\n"),
    "jsonl-giant-line": lambda: ("a.jsonl", b'{"text": "They met."}\n{"text": "' + b"x" * 40 * MEGA + b'"}\n{"text": "They left."}\n'),
    "parquet-bomb": lambda: ("a.parquet", parquet_bomb()),
    "warc-packed-body": lambda: ("a.warc", warc_with(zeros(400 * MEGA), "Content-Type: text/html\r\nContent-Encoding: gzip") + made.warc()),
    "warc-lies": lambda: ("a.warc", warc_with(made.html(), length=1 << 40)),
    "warc-endless-header": lambda: ("a.warc", b"WARC/1.0\r\n" + b"X" * 60 * MEGA),
}  # fmt: skip


def peak_of_children(found: list[int], done: threading.Event) -> None:
    """Keep the largest memory, in KB, that a child of this process ever held."""
    me = f"PPid:\t{os.getpid()}\n"
    while not done.wait(0.01):
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                text = status.read_text()
            except OSError:
                continue
            if me in text and "VmHWM:" in text:
                found.append(int(text.split("VmHWM:")[1].split()[0]))


def held() -> int:
    """Memory that this process holds now, in KB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024


def thrown(name: str, path: Path, idle: int) -> dict[str, object]:
    """What came of an attack: what was said, how many articles were read of it, and by how many MB memory grew over `idle`, children included."""
    Path("/proc/self/clear_refs").write_text("5")
    children: list[int] = []
    done = threading.Event()
    watcher = threading.Thread(target=peak_of_children, args=(children, done), daemon=True)
    watcher.start()
    started = time.monotonic()
    messages: list[str] = []
    read = 0
    try:
        with path.open("rb") as file:
            for one in arrivals_in(file, path.name, Config()):
                read += one.usable
                if len(messages) < 20:
                    messages += [trouble.message for trouble in one.troubles]
    except InputError as error:
        messages.append(str(error))
    seconds = time.monotonic() - started
    done.set()
    watcher.join()
    peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
    grown = (peak - idle + max(children, default=0)) / 1024
    return {"attack": name, "read": read, "messages": messages, "seconds": round(seconds, 2), "grown": round(grown, 1), "size": path.stat().st_size}


def written(folder: Path, chosen: list[str]) -> dict[str, Path]:
    """The attacks as files, made by another process: making them takes memory too."""
    if (child := os.fork()) == 0:
        for number, name in enumerate(chosen):
            file, raw = ATTACKS[name]()
            (folder / str(number)).mkdir()
            (folder / str(number) / file).write_bytes(raw)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        raise SystemExit("the attacks could not be made")
    return {name: next((folder / str(number)).iterdir()) for number, name in enumerate(chosen)}


def main(chosen: list[str]) -> None:
    """Read a valid file of every kind, so that libraries are loaded, then each attack."""
    with tempfile.TemporaryDirectory() as folder:
        files = written(Path(folder), chosen or list(ATTACKS))
        for file, raw in made.samples().values():
            list(arrivals_in(io.BytesIO(raw), file, Config()))
        for name, path in files.items():
            # a copy of the idle process for each, so that none inherits what another has left in memory
            if (child := os.fork()) == 0:
                print(json.dumps(thrown(name, path, held())), flush=True)
                os._exit(0)
            os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
