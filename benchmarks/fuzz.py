"""Broken files of every format, thrown at the reader of that format: it may refuse them, and nothing else.

    python -m benchmarks.fuzz [--inputs 20000] [--seconds 600] [--only html,pdf] [--seed 0]

Each input is a tiny valid file with some bytes changed, taken out, put in, or doubled; of what is packed, every other one is changed inside and packed
again, since a checksum guards the rest. The same seed gives the same inputs. PDF and Parquet are read
here in this process, not in the confined one, so that a fault shows. Exit status 1 where anything but a refusal came of an input; it is printed.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import resource
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.fuzz_samples import samples, zipped
from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.sources import parquet, pdf
from dragoman.sources.deadline import within
from dragoman.sources.opening import Means, arrivals_in
from dragoman.sources.rows import Columns

# Bytes that mean something to some format.
_WORDS = (
    b"<", b">", b"</", b"<!--", b"]]>", b"<![CDATA[", b"&#x0;", b"&amp;", b"<script>", b"<!DOCTYPE", b"<!ENTITY a 'b'>", b"{", b"}", b"[", b'"', b"\\u0000",
    b"\\ud800",
    b"\x00", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\n\n", b"\nFrom ", b"--edge", b"Content-Type: text/html; charset=",
    b"Content-Length: 999999999",
    b"Content-Transfer-Encoding: base64\r\n", b"charset=utf-7", b"1e999", b"-1", b"99999999999999999999", b"PK\x03\x04", b"PK\x01\x02", b"%PDF-", b"endobj",
    b"stream\n",
    b"/FlateDecode", b"PAR1", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"ustar", b"L" * 100, b",", b"\t", b"2025-02-30", b"0000-00-00", b"=?utf-8?b?//8=?=",
    b"\xd8\x00",
)  # fmt: skip
# No input may take longer, in seconds of processor time.
_SLOW = 10.0
_MEMORY = 4_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many inputs were read and refused, the slowest in seconds of processor time, and what went wrong."""

    inputs: int
    read: int
    refused: int
    slowest: float
    faults: tuple[str, ...]


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """The file with one to eight changes."""
    out = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out) + 1)
        length = chance.choice((1, 1, 2, 4, 16, 64))
        match chance.randrange(7):
            case 0 if out:
                out[min(at, len(out) - 1)] = chance.randrange(256)
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = chance.choice(_WORDS)
            case 3:
                out[at:at] = out[at : at + length] * chance.choice((1, 2, 20))
            case 4:
                out[at : at + length] = chance.randbytes(length)
            case 5 if chance.random() < 0.2:
                del out[at:]
            case _ if out:
                place = min(at, len(out) - 1)
                out[place] ^= 1 << chance.randrange(8)
    return bytes(out)


def broken(name: str, raw: bytes, chance: random.Random) -> bytes:
    """The file with some changes, or packed anew with changes inside."""
    if name == "gzip" and chance.random() < 0.5:
        return gzip.compress(mutated(gzip.decompress(raw), chance), mtime=0)
    if name == "zip" and chance.random() < 0.5:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return zipped({member: mutated(archive.read(member), chance) for member in archive.namelist()})
    return mutated(raw, chance)


def reader(name: str) -> Callable[[str, bytes], None]:
    """What reads an input of that format to its end."""
    config = Config(max_bytes=1_000_000)
    means = Means(columns=Columns((("text", "body"),)) if name in ("csv", "parquet") else Columns())

    def confined_part(file: str, raw: bytes) -> None:
        if name == "pdf":
            pdf.joined([one["page"] for one in pdf.read(io.BytesIO(raw), file, means.columns) if "page" in one])
        else:
            list(parquet.read(io.BytesIO(raw), file, means.columns))

    def any_format(file: str, raw: bytes) -> None:
        for one in arrivals_in(io.BytesIO(raw), file, config, means):
            one.article.text.encode("utf-8")

    return confined_part if name in ("pdf", "parquet") else any_format


def fuzz(name: str, inputs: int, seconds: float, seed: int = 0) -> Outcome:
    """Throw so many inputs at one format, or as many as the seconds allow."""
    file, raw = samples()[name]
    read = reader(name)
    started = time.monotonic()
    faults: list[str] = []
    done = good = refused = 0
    slowest = 0.0
    for number in range(inputs):
        if time.monotonic() - started > seconds:
            break
        damaged = broken(name, raw, random.Random(f"{seed} {name} {number}"))
        done += 1
        begun = time.thread_time()
        try:
            if name in ("pdf", "parquet"):
                with within(_SLOW, file):
                    read(file, damaged)
            else:
                read(file, damaged)
            good += 1
        except (InputError, MemoryError):
            refused += 1
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:
            faults.append(f"{name} input {number}: {traceback.format_exc(limit=-4)}")
        took = time.thread_time() - begun
        slowest = max(slowest, took)
        if took > _SLOW:
            faults.append(f"{name} input {number}: took {took:.1f} s")
    return Outcome(inputs=done, read=good, refused=refused, slowest=slowest, faults=tuple(faults))


def _lines(chosen: list[str], inputs: int, seconds: float, seed: int) -> Iterator[tuple[str, bool]]:
    for name in chosen:
        one = fuzz(name, inputs, seconds, seed)
        yield f"{name:10} {one.inputs:6d} inputs  {one.read:6d} read  {one.refused:6d} refused  slowest {one.slowest:5.2f} s  {len(one.faults)} faults", False
        for fault in one.faults[:5]:
            yield fault, True


def main() -> None:
    """Run, print a line a format, exit 1 where there was a fault."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=600.0, help="at most so long for each format")
    parser.add_argument("--only", help="formats, with commas between")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    chosen = options.only.split(",") if options.only else list(samples())
    wrong = False
    for line, fault in _lines(chosen, options.inputs, options.seconds, options.seed):
        print(line, flush=True)
        wrong = wrong or fault
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
