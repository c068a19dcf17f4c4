"""Tiny valid files of every format that is read, made here so that none has to be kept."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping

# Made up: no such meeting took place.
SENTENCES = (
    "Foreign Minister Ana Lindqvist met her Norwegian counterpart Per Dahl in Oslo on Monday to talk about fisheries and the harvest of the coming year.",
    "Both ministers said that the talks had been good and that their states would sign an agreement on trade before the end of the month of March.",
    "The two sides will meet again in Stockholm, where the ministers of energy are to take part, a spokesperson of the foreign ministry told reporters.",
)
TEXT = "\n\n".join(SENTENCES)
PARAGRAPHS = "".join(f"<p>{one}</p>" for one in SENTENCES)


def html() -> bytes:
    """A page of news with all that surrounds one."""
    known = {"@type": "NewsArticle", "headline": "Ministers meet in Oslo", "datePublished": "2025-03-04T10:00:00+01:00", "author": [{"name": "Mia Berg"}]}
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ministers meet in Oslo | The Fjord Times</title>'
        '<meta property="og:site_name" content="The Fjord Times"><link rel="canonical" href="https://fjord.example.no/news/1">'
        f'<script type="application/ld+json">{json.dumps(known)}</script></head><body onload="steal()"><nav><a href="/">Home</a></nav><article>'
        f'<h1>Ministers meet in Oslo</h1><time datetime="2025-03-04">4 March 2025</time><figure><img src="a.jpg" onerror="steal()"><figcaption>The ministers '
        f'before the talks</figcaption></figure>{PARAGRAPHS}<p>Read also: <a href="/2">Fish are fewer</a></p></article><script>steal()</script></body></html>'
    ).encode()


def rss() -> bytes:
    """A feed with a whole report in it."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Fjord Times'
        "</title><link>https://fjord.example.no/</link><item><title>Ministers meet in Oslo</title><link>https://fjord.example.no/news/1</link><guid>1</guid>"
        f"<pubDate>Tue, 04 Mar 2025 10:00:00 +0100</pubDate><content:encoded><![CDATA[{PARAGRAPHS}]]></content:encoded></item></channel></rss>"
    ).encode()


def atom() -> bytes:
    """The same in Atom."""
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Fjord Times</title><id>urn:fjord</id><entry><title>Ministers meet in Oslo'
        '</title><link rel="alternate" href="https://fjord.example.no/news/1"/><id>urn:fjord:1</id><published>2025-03-04T10:00:00+01:00</published>'
        f'<author><name>Mia Berg</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{PARAGRAPHS}</div></content></entry></feed>'
    ).encode()


def json_feed() -> bytes:
    """The same as a JSON Feed."""
    item = {"id": "1", "url": "https://fjord.example.no/news/1", "title": "Ministers meet in Oslo", "content_html": PARAGRAPHS, "date_published": "2025-03-04"}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "The Fjord Times", "items": [item]}).encode()


def sitemap() -> bytes:
    """A news sitemap with one address."""
    return (
        b'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        b'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://fjord.example.no/news/1</loc><lastmod>2025-03-05</lastmod>'
        b"<news:news><news:publication><news:name>The Fjord Times</news:name><news:language>en</news:language></news:publication>"
        b"<news:publication_date>2025-03-04</news:publication_date><news:title>Ministers meet in Oslo</news:title></news:news></url></urlset>"
    )


def jsonl() -> bytes:
    """Two lines of JSON."""
    rows = [{"id": str(number), "text": one, "published": "2025-03-04", "outlet": "The Fjord Times"} for number, one in enumerate(SENTENCES[:2])]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def csv() -> bytes:
    """A table with a quoted cell."""
    return ("body,date,headline\n" + "".join(f'"{one}",2025-03-04,"Ministers, meeting"\n' for one in SENTENCES[:2])).encode()


def parquet() -> bytes:
    """The same table as Parquet."""
    import pyarrow
    import pyarrow.parquet as library

    out = io.BytesIO()
    library.write_table(pyarrow.table({"body": list(SENTENCES), "date": ["2025-03-04"] * 3}), out)
    return out.getvalue()


def warc() -> bytes:
    """A web archive with the page in it."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    named = {"WARC-Date": "2025-03-06T00:00:00Z", "WARC-Record-ID": "<urn:uuid:12345678-1234-1234-1234-123456789012>"}
    writer.write_record(
        writer.create_warc_record("https://fjord.example.no/news/1", "response", payload=io.BytesIO(html()), http_headers=headers, warc_headers_dict=named)
    )
    return out.getvalue()


def message() -> bytes:
    """A newsletter with both its forms."""
    return (
        "From: The Fjord Times <news@fjord.example.no>\r\nTo: reader@example.org\r\nSubject: Ministers meet in Oslo\r\n"
        "Date: Tue, 04 Mar 2025 10:00:00 +0100\r\n"
        'Message-ID: <1@fjord.example.no>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="edge"\r\n\r\n'
        f"--edge\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{TEXT}\r\n--edge\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        f'<html><body>{PARAGRAPHS}<p><a href="x">Unsubscribe</a></p></body></html>\r\n--edge--\r\n'
    ).encode()


def mailbox() -> bytes:
    """Two of them."""
    first, second = (f"From news@fjord.example.no {day} 10:00:00 2025\n".encode() for day in ("Tue Mar  4", "Wed Mar  5"))
    return first + message() + b"\n\n" + second + message() + b"\n"


def pdf() -> bytes:
    """One page with a text layer, written by hand."""
    lines = [line for one in SENTENCES for line in (one[:70].rsplit(" ", 1)[0], one[len(one[:70].rsplit(" ", 1)[0]) + 1 :])]
    drawn = "BT /F1 9 Tf 60 760 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Title (Ministers meet in Oslo) /Author (Mia Berg) /CreationDate (D:20250304100000Z) >>",
    ]  # fmt: skip
    return pdf_of(parts)


def pdf_of(parts: list[str]) -> bytes:
    """A PDF of these objects: the first its catalogue, the last what it says of itself."""
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(parts) + 1} /Root 1 0 R /Info {len(parts)} 0 R >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of these members, the same bytes at every call."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 3, 4, 10, 0, 0)), raw, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    """The same as TAR."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, raw in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(raw)
            archive.addfile(entry, io.BytesIO(raw))
    return out.getvalue()


def samples() -> dict[str, tuple[str, bytes]]:
    """From format to (file name, bytes)."""
    inside = {"a.txt": TEXT.encode(), "b/page.html": html()}
    return {
        "text": ("a.txt", TEXT.encode()), "html": ("a.html", html()), "rss": ("a.xml", rss()), "atom": ("a.atom", atom()), "json-feed": ("a.json", json_feed()),
        "sitemap": ("sitemap.xml", sitemap()), "jsonl": ("a.jsonl", jsonl()), "csv": ("a.csv", csv()), "parquet": ("a.parquet", parquet()),
        "warc": ("a.warc", warc()), "message": ("a.eml", message()), "mailbox": ("a.mbox", mailbox()), "pdf": ("a.pdf", pdf()), "zip": ("a.zip",
        zipped(inside)),
        "tar": ("a.tar", tarred(inside)), "gzip": ("a.warc.gz", gzip.compress(warc(), mtime=0)),
    }  # fmt: skip
