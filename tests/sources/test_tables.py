"""Tables: which column is which field, and what is wrong with a row."""

import io
from datetime import date, datetime

import pytest

from benchmarks.fuzz_samples import SENTENCES, parquet
from dragoman.model.config import Config
from dragoman.model.errors import ConfigError, EmptyInput, InputError
from dragoman.sources.arrival import Arrival
from dragoman.sources.rows import FIELDS, Columns, columns, from_row
from dragoman.sources.tables import from_csv, from_parquet

CONFIG = Config()


def csv(text: str | bytes, mapping: str = "", config: Config = CONFIG) -> list[Arrival]:
    raw = text.encode() if isinstance(text, str) else text
    return list(from_csv(io.BytesIO(raw), "a.csv", config, columns(mapping)))


def test_what_map_says() -> None:
    assert columns("text=body, published=date of issue") == Columns((("text", "body"), ("published", "date of issue")))
    assert columns(None) == Columns()
    for wrong, message in (("body", "'body' is not like text=body"), ("words=body", "the fields are id, text"), ("text=a,text=b", "a field is given twice")):
        with pytest.raises(ConfigError, match=message):
            columns(wrong)


@pytest.mark.parametrize(
    "table",
    [
        "body,date,headline\n{0},2025-03-04,Talks\n",
        "TEXT;Published;Title\n{0};2025-03-04;Talks\n",
        "title\tcontent\tpublished_at\nTalks\t{0}\t2025-03-04T10:00:00Z\n",
        '\ufefftext|title|date\r\n"{0}"|Talks|20250304\r\n',
    ],
)
def test_usual_columns_need_no_map(table: str) -> None:
    (found,) = csv(table.format("They met in Oslo."))
    assert (found.article.text, found.article.title, found.article.published) == ("They met in Oslo.", "Talks", date(2025, 3, 4))


def test_a_map_goes_before_usual_names() -> None:
    (found,) = csv("text,resumen\nshort,They met in Oslo.\n", "text=resumen")
    assert found.article.text == "They met in Oslo."
    with pytest.raises(InputError, match="--map text=body: there is no column 'body'; there are 'a', 'b'"):
        csv("a,b\n1,2\n", "text=body")
    with pytest.raises(InputError, match=r"none of its columns holds the text; say which with --map text=COLUMN \(there are 'a', 'b'\)"):
        csv("a,b\n1,2\n")


def test_cells_with_quotes_and_lines_keep_them_and_rows_their_numbers() -> None:
    found = csv('text,id\n"They met,\nand ""spoke"".",\n,\nshort,7\n')
    assert [(one.article.name, one.article.text) for one in found] == [("a.csv row 2", 'They met,\nand "spoke".'), ("7", "short")]


def test_a_row_without_text_costs_that_row() -> None:
    first, second = csv("text,title\n,Talks\nThey met.,Talks\n")
    assert (first.usable, second.usable) == (False, True)
    assert first.troubles[0].message == "a.csv row 2: its 'text' is empty; give the text of a report"


def test_a_day_that_could_be_two_is_left_out_with_a_trouble() -> None:
    first, second, third = csv("text,date\nOne.,03/04/2025\nTwo.,13/04/2025\nThree.,04.04.2025\n")
    assert (first.article.published, second.article.published, third.article.published) == (None, date(2025, 4, 13), date(2025, 4, 4))
    assert first.troubles[0].message == "a.csv row 2: 'date' is '03/04/2025', not a date like 2025-10-12, and was left out"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1254", "utf-16"])
def test_encodings(encoding: str) -> None:
    told = "Dışişleri Bakanı Ankara'da görüştü. Bakan, iki ülke arasındaki işbirliğinin gelişeceğini söyledi."
    assert csv(f'text,title\n"{told}",Görüşme\n'.encode(encoding))[0].article.text == told


def test_empty_tables() -> None:
    with pytest.raises(EmptyInput, match="is empty; give a table with a header"):
        csv("")
    with pytest.raises(EmptyInput, match="has a header and no row"):
        csv("text,title\n")


def test_parquet_row_by_row() -> None:
    found = list(from_parquet(io.BytesIO(parquet()), "a.parquet", CONFIG, columns("text=body,published=date")))
    assert [one.article.text for one in found] == list(SENTENCES)
    assert {one.article.published for one in found} == {date(2025, 3, 4)}
    with pytest.raises(InputError, match="--map text=words: there is no column 'words'; there are 'body', 'date'"):
        list(from_parquet(io.BytesIO(parquet()), "a.parquet", CONFIG, columns("text=words")))
    with pytest.raises(InputError, match="is no Parquet file that can be read"):
        list(from_parquet(io.BytesIO(b"PAR1 and nothing more"), "a.parquet", CONFIG, columns("")))


def test_days_as_they_come_and_what_else_a_row_says() -> None:
    row = {
        "text": "PARIS (AFP) - They met.",
        "published": datetime(2025, 3, 4, 10),
        "updated": date(2025, 3, 5),
        "author": "Mia Berg",
        "url": "https://lemonde.fr/1",
    }
    article = from_row(row, "row", CONFIG, {field: field for field in FIELDS}, b"x").article
    assert (article.published, article.updated, article.author, article.agency, article.outlet_country) == (
        date(2025, 3, 4),
        date(2025, 3, 5),
        "Mia Berg",
        "AFP",
        "FRA",
    )
