"""A plan told in words of its language, together with its reading: every span is noted while the words are written, so that it holds them exactly."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.simulation import names
from benchmarks.simulation.outlets import Passage, Plan
from benchmarks.simulation.world import Happening, Term
from benchmarks.simulation.world import states as table
from dragoman.knowledge.states import states as known_states
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Commitment, Entity, EventReport, Mention, OfficeHolding, Participation, Reading, Statement, When
from dragoman.model.spans import Span

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_PIECE = re.compile(r"\{(\w+)\}|([<>])|([^{}<>]+)")
_DIRECTED = ("accuse", "reject", "threaten", "sanction", "aid")


@cache
def tongue(language: str) -> dict[str, Any]:
    """The table of a language."""
    return tomllib.loads((Path(__file__).parent / "tongues" / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def _calendar(language: str) -> tuple[dict[int, str], dict[int, str]]:
    from babel import Locale

    locale = Locale(language)
    return dict(locale.months["format"]["wide"]), dict(locale.days["format"]["wide"])


@cache
def state_names(language: str) -> dict[str, str]:
    """From code to the name of a state in that language."""
    from babel import Locale

    found = {}
    territories = Locale(language).territories
    for one in known_states():
        if one.names.get(language):
            found[one.code] = one.names[language][0]
        else:
            import pycountry

            country = pycountry.countries.get(alpha_3=one.code)
            found[one.code] = str(territories.get(country.alpha_2, one.name)) if country else one.name
    return found


@cache
def towns(language: str) -> dict[str, str]:
    """From code to the capital's name."""
    spanish = {one.code: one.town_spanish for one in table()}
    return {one.code: spanish[one.code] if language == "es" else one.capitals[language][0] for one in known_states() if one.code in spanish}


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is so of a report: whom its entities are and which happenings its events are, by local id.

    `origin` is the number of the report it goes back to, `wrong` the person whose office it mistakes, if any.
    """

    persons: dict[str, int]
    events: dict[str, int]
    statements: dict[str, int]
    origin: int
    happening: int
    wrong: str | None = None


@dataclass(slots=True)
class _Told:
    """What has been told of somebody or something so far."""

    local: str
    kind: str
    names: list[str]
    code: str | None
    state: str | None
    mentions: list[Mention] = field(default_factory=list)


class Teller:
    """Writes one report; `text` grows, and with it what its reading holds."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.language = plan.outlet.language
        self.tongue = tongue(self.language)
        self.text = ""
        self.told: dict[str, _Told] = {}
        self.sentences: list[Span] = []
        self.offices: list[OfficeHolding] = []
        self.dates: list[When] = []
        self.events: list[EventReport] = []
        self.statements: list[Statement] = []
        self.commitments: list[Commitment] = []
        self.persons: dict[str, int] = {}
        self.happenings: dict[str, int] = {}
        self.quotes: dict[str, int] = {}
        self.said: Span | None = None
        self.trigger: list[int] = []
        self.capital = False
        self.mistaken: str | None = None

    # ---- writing
    def add(self, words: str) -> Span:
        """Write words; the first of a sentence begins with a capital."""
        if self.capital and words:
            first = words[0].upper() if self.language != "tr" or words[0] != "i" else "İ"
            words = (first if len(first) == 1 else words[0]) + words[1:]
            self.capital = False
        if self.language == "es" and words.startswith("el ") and self.text.endswith((" de ", " a ")):
            # de + el = del, a + el = al
            self.text, words = f"{self.text[:-1]}l", words[2:]
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def expanded(self, template: str, drawn: random.Random) -> str:
        """The template with one wording of each choice."""
        return _CHOICE.sub(lambda found: drawn.choice(found[1].split("|")), template)

    def render(self, template: str, slots: dict[str, Any]) -> None:
        """Write a template whose choices are made."""
        for slot, mark, words in _PIECE.findall(template):
            if slot:
                filled = slots[slot]
                if callable(filled):
                    filled()
                else:
                    self.add(str(filled))
            elif mark:
                self.trigger.append(len(self.text))
            else:
                self.add(words)

    # ---- whom and what
    def mention(self, key: str, kind: str, words: str, *, code: str | None = None, state: str | None = None) -> Span:
        """Write a name and note it as a mention of what has that key."""
        told = self.told.get(key)
        if told is None:
            letter = {"person": "p", "state": "s", "place": "l"}[kind]
            number = 1 + sum(one.kind == kind for one in self.told.values())
            told = self.told[key] = _Told(f"{letter}{number}", kind, [], code, state)
        span = self.add(words)
        words = self.text[span.start : span.end]
        if words not in told.names:
            told.names.append(words)
        told.mentions.append(Mention(start=span.start, end=span.end, text=words))
        return span

    def state(self, code: str) -> None:
        """The name of a state."""
        self.mention(code, "state", state_names(self.language)[code], code=code)

    def of_state(self, code: str) -> None:
        """'de Syrie': the name of a state after what joins it."""
        if self.language != "fr":
            self.state(code)
            return
        words = next(one.of_french for one in table() if one.code == code)
        joint = next(one for one in ("d'", "de ", "du ", "des ") if words.startswith(one))
        self.add(joint)
        self.mention(code, "state", words[len(joint) :], code=code)

    def town(self, code: str) -> None:
        """The capital of a state."""
        self.mention(f"town {code}", "place", towns(self.language)[code], state=code)

    def person(self, term: Term) -> None:
        """Somebody: with office and whole name at first, then by surname."""
        plan, key = self.plan, f"person {term.person.number}"
        given, surname = names.written(term.person.name, self.language, plan.habit)
        if plan.slip is not None and len(surname) > 5:
            at = 2 + plan.slip % (len(surname) - 4)
            surname = surname[:at] + surname[at + 1 :]
        if key in self.told:
            self.mention(key, "person", surname)
            return
        office = plan.wrong if plan.wrong and not self.persons else term.office
        start = len(self.text)
        full = f"{given} {surname}"
        self.render(
            self.tongue["titled"],
            {
                "office": self.tongue["offices"][office],
                "name": lambda: self.mention(key, "person", full, state=term.state),
                "state": lambda: self.state(term.state),
                "of": lambda: self.of_state(term.state),
            },
        )
        local = self.told[key].local
        self.mistaken = local if office != term.office else self.mistaken
        self.persons[local] = term.person.number
        self.offices.append(OfficeHolding(person=local, office=office, of=term.state, evidence=(Span(start, len(self.text.rstrip(","))),)))

    def day(self, day: date, drawn: random.Random) -> None:
        """A date in full, or a weekday where it is of this week."""
        months, weekdays = _calendar(self.language)
        near = 0 <= (self.plan.published - day).days < 6 and drawn.random() < 0.5
        words = self.tongue["date"].format(d=day.day, month=months[day.month], year=day.year)
        template = self.tongue["weekday"] if near else self.tongue["day"]
        before, after = template.split("{weekday}" if near else "{date}")
        if before:
            self.add(before)
        span = self.add(weekdays[day.weekday()] if near else words)
        if after:
            self.add(after)
        self.dates.append(When(start=span.start, end=span.end, text=span.of(self.text), value=day.isoformat(), earliest=day, latest=day, rule="simulation"))


def tell(plan: Plan, seed: int) -> tuple[Reading, Truth, tuple[str, ...]]:
    """The reading of a plan, what is so of it, and for each sentence what it tells: by that its vector is made."""
    teller = Teller(plan)
    told: list[str] = []
    for passage in plan.passages:
        if teller.text:
            teller.add("\n\n" if len(teller.sentences) % 2 else " ")
        start = len(teller.text)
        _passage(teller, passage, seed)
        text = teller.text
        if text.endswith((",.", ",")):
            teller.text = f"{text.rstrip('.,')}."
        teller.sentences.append(Span(start, len(teller.text)))
        _event(teller, passage)
        told.append(_key(passage, plan))
    if plan.how in ("near-duplicate", "excerpt"):
        teller.add("\n\n")
        start = len(teller.text)
        teller.add(f"({plan.outlet.name})")
        teller.sentences.append(Span(start, len(teller.text)))
        told.append(f"outlet {plan.outlet.name}")
    truth = Truth(
        persons=teller.persons,
        events=teller.happenings,
        statements=teller.quotes,
        origin=plan.origin,
        happening=plan.happening.number,
        wrong=teller.mistaken,
    )
    return _reading(teller), truth, tuple(told)


def _key(passage: Passage, plan: Plan) -> str:
    if passage.quote is not None:
        return f"quote {passage.quote.number}"
    if passage.tells == "background":
        return f"background {passage.form} {passage.topic}"
    happening = passage.happening or plan.happening
    return f"{passage.tells} {happening.number} {passage.form}"


def _passage(teller: Teller, passage: Passage, seed: int) -> None:
    plan, words = teller.plan, teller.tongue
    # The words hang on the passage, not on its place: a copy that leaves one out has the others word for word.
    drawn = random.Random(f"words {seed} {plan.wording} {teller.language} {_key(passage, plan)}")
    happening = passage.happening or plan.happening
    day = plan.day if happening is plan.happening else happening.day
    teller.trigger, teller.capital = [], True
    if passage.quote is not None:
        _quote(teller, passage, drawn, seed)
        return
    if passage.tells in ("lead", "planned"):
        templates = words[passage.tells][happening.kind]
    elif passage.tells == "earlier":
        # a visit has a guest and a host, talks have equals
        templates = [words["earlier"]["texts"][0]]
    elif passage.tells == "detail":
        templates = [words["detail"]["texts"][passage.form]]
    else:
        templates = [words["background"]["texts"][passage.form]]
    teller.render(teller.expanded(drawn.choice(templates), drawn), _slots(teller, happening, passage, day, drawn))


def _slots(teller: Teller, happening: Happening, passage: Passage, day: date, drawn: random.Random) -> dict[str, Any]:
    one, other = happening.states
    people = happening.people
    return {
        "A": lambda: teller.person(people[0]),
        "B": lambda: teller.person(people[1]),
        "astate": lambda: teller.state(one),
        "bstate": lambda: teller.state(other),
        "aof": lambda: teller.of_state(one),
        "bof": lambda: teller.of_state(other),
        "town": lambda: teller.town(happening.town),
        "day": lambda: teller.day(day, drawn),
        "topic": teller.tongue["topics"][passage.topic or happening.topic],
        "n": str(passage.figure or happening.figure),
    }


def _quote(teller: Teller, passage: Passage, drawn: random.Random, seed: int) -> None:
    quote, plan = passage.quote, teller.plan
    if quote is None:
        return
    happening = plan.happening
    speaker = happening.people[quote.speaker]
    said = random.Random(f"said {seed} {quote.number} {teller.language}") if quote.direct else drawn
    template = teller.expanded(said.choice(teller.tongue["say"][quote.form]), said)
    away = happening.states[1 - quote.speaker]

    def words(*, capital: bool) -> None:
        start = len(teller.text)
        teller.capital = capital
        teller.render(template, {"topic": teller.tongue["topics"][quote.topic], "n": str(quote.figure), "bstate": lambda: teller.state(away),
                                 "bof": lambda: teller.of_state(away)})  # fmt: skip
        teller.said = Span(start, len(teller.text))

    frames = teller.tongue["direct" if quote.direct else "indirect"]
    slots = {"Q": lambda: words(capital=True), "q": lambda: words(capital=False), "S": lambda: teller.person(speaker)}
    start = len(teller.text)
    teller.render(teller.expanded(drawn.choice(frames), drawn), slots)
    span, local = teller.said, teller.told[f"person {speaker.person.number}"].local
    if span is None:
        return
    number = len(teller.statements) + 1
    teller.statements.append(
        Statement(id=f"s{number}", speaker=local, kind="direct" if quote.direct else "indirect", start=span.start, end=span.end, text=span.of(teller.text),
                  topics=(quote.topic,), parts=(span,), confidence=0.9)
    )  # fmt: skip
    teller.quotes[f"s{number}"] = quote.number
    if quote.form == "experts":
        sentence = Span(start, len(teller.text))
        teller.commitments.append(
            Commitment(
                id=f"c{len(teller.commitments) + 1}", by=(local,), to=(), act="pledge", what=span.of(teller.text), evidence=(sentence,), statement=f"s{number}"
            )
        )


def _event(teller: Teller, passage: Passage) -> None:
    """The event that a lead, an announcement or a look back tells."""
    if passage.tells not in ("lead", "planned", "earlier") or passage.happening is None:
        return
    happening, sentence = passage.happening, teller.sentences[-1]
    kind = happening.kind
    parts: list[Participation] = []
    for place, term in enumerate(happening.people):
        role = {"visit": ("visitor", "host")}.get(kind, ("actor", "recipient") if kind in _DIRECTED else ("participant", "participant"))[place]
        local = teller.told[f"person {term.person.number}"].local
        office = next((one.office for one in teller.offices if one.person == local), term.office)
        parts.append(Participation(entity=local, role=role, side=term.state, office=office))  # type: ignore[arg-type]
    if kind in _DIRECTED:
        for place, code in enumerate(happening.states):
            if (place or not happening.people) and code in teller.told:
                parts.append(Participation(entity=teller.told[code].local, role="recipient" if place else "actor", side=code))
    town = teller.told.get(f"town {happening.town}")
    here = bool(town) and any(sentence.start <= one.start < sentence.end for one in town.mentions) if town else False
    start, end = teller.trigger[:2]
    local = f"v{len(teller.events) + 1}"
    day = teller.plan.day if happening is teller.plan.happening else happening.day
    teller.events.append(
        EventReport(
            id=local, type=happening.type, mode=happening.mode, contexts=("diplomatic",), topics=(happening.topic,), date=day.isoformat(),
            place=town.local if town and here else None, participants=tuple(parts), factuality="planned" if passage.tells == "planned" else "actual",
            trigger=Span(start, end), evidence=(sentence,), confidence=0.9,
        )
    )  # fmt: skip
    teller.happenings[local] = happening.number


def _reading(teller: Teller) -> Reading:
    plan, text = teller.plan, teller.text
    article = Article(
        id=article_id(text),
        name=f"{plan.number:06}",
        text=text,
        language=teller.language,
        outlet=plan.outlet.name,
        published=plan.published,
        published_from="given",
    )
    entities = tuple(
        Entity(id=one.local, kind=one.kind, name=one.names[0], names=tuple(one.names), code=one.code, state=one.state or one.code, mentions=tuple(one.mentions))  # type: ignore[arg-type]
        for one in teller.told.values()
    )
    return Reading(article=article, sentences=tuple(teller.sentences), entities=entities, offices=tuple(teller.offices), dates=tuple(teller.dates),
                   events=tuple(teller.events), statements=tuple(teller.statements), commitments=tuple(teller.commitments))  # fmt: skip
