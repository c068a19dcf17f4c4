"""What is read in languages that have no folder: names by the encoder and CLDR, full dates, and what is said with who says it.

Each text says the same: a foreign minister, her state, a colleague and his; a day, a town; words in quotation marks and words without.
"""

from dataclasses import dataclass
from datetime import date

import pytest

from dragoman.languages.pack import begun
from dragoman.model.config import Config
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Reading
from dragoman.reading.kit import Kit
from dragoman.reading.names.inflected import inflected
from dragoman.reading.words import key_of
from dragoman.service.languages import fluencies
from dragoman.service.read import read_article

KIT = Kit()
BARE = Kit(config=Config(encoder=False))


@dataclass(frozen=True, kw_only=True)
class Told:
    """A report and what a careful reader takes from it; who speaks is given by a part of the name that no ending changes."""

    code: str
    text: str
    persons: tuple[str, str]
    states: frozenset[str]
    place: str
    quoted: str
    told: str


TOLD = (
    Told(
        code="de",
        text="Die Außenministerin Österreichs, Anna Berger, traf am 3. März 2025 in Helsinki ihren norwegischen Kollegen Per Dahl. „Wir werden die Brücke "
        "gemeinsam wieder aufbauen“, sagte Berger nach dem Gespräch. Dahl erklärte, Norwegen werde im Herbst neue Hilfe schicken.",
        persons=("Berger", "Dahl"), states=frozenset({"AUT", "NOR"}), place="Helsinki",
        quoted="Wir werden die Brücke gemeinsam wieder aufbauen", told="Norwegen werde im Herbst neue Hilfe schicken",
    ),
    Told(
        code="es",
        text="La ministra de Exteriores de Chile, Carmen Rojas, se reunió el 3 de marzo de 2025 en Lima con su homólogo Luis Quispe. «Vamos a reabrir "
        "juntos el paso de la frontera», dijo Rojas tras el encuentro. Quispe afirmó que Perú enviará nuevos equipos en otoño.",
        persons=("Rojas", "Quispe"), states=frozenset({"CHL", "PER"}), place="Lima",
        quoted="Vamos a reabrir juntos el paso de la frontera", told="Perú enviará nuevos equipos en otoño",
    ),
    Told(
        code="it",
        text="La ministra degli Esteri della Norvegia, Anna Berger, ha incontrato il 3 marzo 2025 a Roma il collega Marco Conti. «Ricostruiremo insieme "
        "il ponte», ha detto Berger dopo il colloquio. Conti ha dichiarato che la Finlandia invierà nuovi aiuti in autunno.",
        persons=("Berger", "Conti"), states=frozenset({"NOR", "FIN"}), place="Roma",
        quoted="Ricostruiremo insieme il ponte", told="la Finlandia invierà nuovi aiuti in autunno",
    ),
    Told(
        code="pt",
        text="A ministra das Relações Exteriores da Noruega, Anna Berger, encontrou-se em 3 de março de 2025 em Lisboa com o colega João Matos. “Vamos "
        "reconstruir juntos a ponte”, disse Berger depois da reunião. Matos afirmou que Portugal enviará nova ajuda no outono.",
        persons=("Berger", "Matos"), states=frozenset({"NOR", "PRT"}), place="Lisboa",
        quoted="Vamos reconstruir juntos a ponte", told="Portugal enviará nova ajuda no outono",
    ),
    Told(
        code="ru",
        text="Министр иностранных дел Норвегии Анна Бергер встретилась 3 марта 2025 года в Хельсинки с коллегой из Финляндии. «Мы вместе восстановим "
        "этот мост», — сказала Бергер после переговоров. Пекка Лаине заявил, что Финляндия осенью направит новую помощь.",
        persons=("Бергер", "Лаине"), states=frozenset({"NOR", "FIN"}), place="Хельсинки",
        quoted="Мы вместе восстановим этот мост", told="Финляндия осенью направит новую помощь",
    ),
    Told(
        code="pl",
        text="Minister spraw zagranicznych Norwegii Anna Berger przyjechała 3 marca 2025 r. do Oslo. „Razem odbudujemy ten most” – powiedziała Berger po "
        "rozmowach. Pekka Laine oświadczył, że Finlandia jesienią wyśle nową pomoc.",
        persons=("Berger", "Laine"), states=frozenset({"NOR", "FIN"}), place="Oslo",
        quoted="Razem odbudujemy ten most", told="Finlandia jesienią wyśle nową pomoc",
    ),
    Told(
        code="fa",
        text="آنا برگر، وزیر خارجه نروژ، در ۳ مارس ۲۰۲۵ در هلسینکی با پکا لاینه دیدار کرد. برگر پس از این دیدار گفت: «ما این پل را با هم دوباره خواهیم "
        "ساخت.» لاینه گفت که فنلاند در پاییز کمک‌های تازه خواهد فرستاد.",
        persons=("برگر", "لاینه"), states=frozenset({"NOR", "FIN"}), place="هلسینکی",
        quoted="ما این پل را با هم دوباره خواهیم ساخت.", told="فنلاند در پاییز کمک‌های تازه خواهد فرستاد",
    ),
    Told(
        code="zh",
        text="挪威外交大臣安娜·贝格尔2025年3月3日在赫尔辛基会见了芬兰外长佩卡·莱内。贝格尔在会谈后说：“我们将一起重建这座桥。”莱内表示，芬兰将在秋季提供新的援助。",
        persons=("贝格尔", "莱内"), states=frozenset({"NOR", "FIN"}), place="赫尔辛基",
        quoted="我们将一起重建这座桥。", told="芬兰将在秋季提供新的援助",
    ),
    Told(
        code="ja",
        text="ノルウェーのアンナ・ベルゲル外相は2025年3月3日、ヘルシンキでペッカ・ライネ外相と会談した。ベルゲル外相は会談後、「私たちは一緒に橋を再建する」と述べた。"
        "ライネ氏は、フィンランドが秋に新たな支援を送ると語った。",
        persons=("ベルゲル", "ライネ"), states=frozenset({"NOR", "FIN"}), place="ヘルシンキ",
        quoted="私たちは一緒に橋を再建する", told="フィンランドが秋に新たな支援を送る",
    ),
    Told(
        code="el",
        text="Η υπουργός Εξωτερικών της Νορβηγίας Άννα Μπέργκερ συναντήθηκε στις 3 Μαρτίου 2025 στο Ελσίνκι με τον Πέκα Λάινε. «Θα ξαναχτίσουμε μαζί τη "
        "γέφυρα», είπε η Μπέργκερ μετά τη συνάντηση. Ο Λάινε δήλωσε ότι η Φινλανδία θα στείλει νέα βοήθεια το φθινόπωρο.",
        persons=("Μπέργκερ", "Λάινε"), states=frozenset({"NOR", "FIN"}), place="Ελσίνκι",
        quoted="Θα ξαναχτίσουμε μαζί τη γέφυρα", told="η Φινλανδία θα στείλει νέα βοήθεια το φθινόπωρο",
    ),
)  # fmt: skip


def reading_of(text: str, kit: Kit = KIT, language: str = "und") -> Reading:
    return read_article(Article(id=article_id(text), name="a", text=text, language=language, published=date(2025, 3, 4), published_from="given"), kit)


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.code)
def test_names_and_dates(told: Told) -> None:
    reading = reading_of(told.text)
    assert reading.article.language == told.code
    assert {entity.code for entity in reading.entities if entity.kind == "state"} == told.states
    persons = [entity.name for entity in reading.entities if entity.kind == "person"]
    assert len(persons) == 2
    assert all(any(part in name for name in persons) for part in told.persons)
    assert told.place in {entity.name for entity in reading.entities if entity.kind == "place"}
    assert [when.value for when in reading.dates] == ["2025-03-03"]


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.code)
def test_who_says_what(told: Told) -> None:
    reading = reading_of(told.text)
    spoken = [(statement.kind, statement.text) for statement in reading.statements]
    assert spoken == [("direct", told.quoted), ("indirect", told.told)]
    for statement, name in zip(reading.statements, told.persons, strict=True):
        speaker = reading.entity(statement.speaker)
        assert speaker is not None
        assert name in speaker.name


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.code)
def test_one_trouble_says_what_is_read_and_nothing_else_is_told(told: Told) -> None:
    reading = reading_of(told.text)
    assert reading.partial
    assert [trouble.stage for trouble in reading.troubles] == ["language"]
    assert "is read in part only: persons, states, organisations and places" in reading.troubles[0].message
    assert [*reading.events, *reading.commitments] == []
    offices = {(office.office, office.of) for office in reading.offices}
    assert offices == ({("foreign-minister", "AUT"), ("foreign-minister", "NOR")} if told.code in begun() else set())
    for statement in reading.statements:
        assert statement.text == " ".join(part.of(told.text) for part in statement.parts)


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.code)
def test_without_the_encoder_that_is_said_and_nobody_is_made_up(told: Told) -> None:
    reading = reading_of(told.text, BARE)
    assert reading.partial
    assert {trouble.stage for trouble in reading.troubles} == {"language", "tagging"}
    # a table of offices tells the names behind them
    named = {entity.name for entity in reading.entities if entity.kind == "person"}
    assert named == ({"Anna Berger", "Per Dahl"} if told.code in begun() else set())
    assert {entity.code for entity in reading.entities if entity.kind == "state"} <= told.states
    assert all(statement.speaker is None and statement.confidence < 0.5 for statement in reading.statements)


def test_a_quotation_that_the_telling_parts_is_one_statement_and_a_pronoun_is_nobody() -> None:
    text = "Ministerin Anna Berger kam nach Oslo. „Wir kennen den Weg“, sagte sie, „und wir gehen ihn zusammen.“"
    statement = reading_of(text, language="de").statements[0]
    assert statement.text == "Wir kennen den Weg und wir gehen ihn zusammen."
    assert len(statement.parts) == 2
    assert statement.speaker is None


def test_a_bare_year_is_a_date_and_other_figures_are_not() -> None:
    reading = reading_of("Der Vertrag wurde 2008 in Oslo unterzeichnet; 2000 Soldaten blieben im Land.", language="de")
    assert [(when.text, when.value) for when in reading.dates] == [("2008", "2008")]


@pytest.mark.parametrize(
    ("code", "name", "state"),
    [
        ("de", "Österreichs", "AUT"), ("de", "Vereinigten Staaten", "USA"), ("ru", "Сирии", "SYR"), ("ru", "Саудовской Аравии", "SAU"), ("ru", "Ирака", "IRQ"),
        ("uk", "Туреччини", "TUR"), ("pl", "Nigerii", "NGA"), ("cs", "Ruska", "RUS"), ("fi", "Venäjällä", "RUS"), ("el", "Ελλάδας", "GRC"),
        ("ro", "României", "ROU"), ("hu", "Magyarországon", "HUN"), ("de", "Malmö", None), ("sv", "Omaha", None), ("de", "Georgetown", None),
    ],
)  # fmt: skip
def test_inflected_names_of_states(code: str, name: str, state: str | None) -> None:
    assert inflected(code, key_of(name)) == state


@pytest.mark.parametrize(("code", "text", "absent"), [("es", "Anna Berger vive en Indiana.", "IND"), ("de", "Anna Berger lebt in Atlanta, Georgia.", "GEO")])
def test_a_part_of_a_state_is_not_another_state(code: str, text: str, absent: str) -> None:
    assert absent not in {entity.code for entity in reading_of(text, language=code).entities}


def test_each_of_them_is_listed_as_partial() -> None:
    levels = {one.code: one.level for one in fluencies()}
    assert {levels[told.code] for told in TOLD} == {"partial"}
