"""The spaCy component `dragoman`: puts the reading of a text on its `Doc`, beside whatever else the pipeline finds.

    nlp = spacy.blank("en")
    nlp.add_pipe("dragoman")
    doc = nlp("…")
    doc._.dragoman.events; doc.spans["dragoman"]

The reading lies in `doc.user_data` as one line of JSON, so that it travels between processes and in a DocBin with `store_user_data=True`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from dragoman.api.reading import Reading, as_read, given, settings_here
from dragoman.engines.threads import one_thread_a_process
from dragoman.model.codec import dumps, loads
from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.model.reading import Article, Trouble
from dragoman.model.reading import Reading as Said

# Where the reading lies in user_data, and the name of the span group and of the extension.
KEY = "dragoman"
# The extension that says on which day a text was published, where texts of one pipeline are of several days.
PUBLISHED = "dragoman_published"


class Component:
    """Reads each Doc; `published` (2025-10-12) and `language` are of all texts, `doc._.dragoman_published` goes before the former.

    `doc.spans["dragoman"]` holds names (PERSON, STATE, ORGANIZATION, PLACE), dates (DATE), what triggers events (EVENT:CONSULT …) and what was said
    (STATEMENT), each with the local id of the reading as `span.id_`, in text order; a span that cuts a token is widened to it. `doc.ents` stay as they are.
    """

    def __init__(self, published: str | None, language: str | None, config: Config) -> None:
        given(published, language)
        self._published = published
        self._language = language
        self._config = config

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its reading. Raises ConfigError for a day of publication that is none."""
        reading = self._read(doc)
        doc.user_data[KEY] = dumps(reading)
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=list(_spans(doc, reading)))
        return doc

    def _read(self, doc: Doc) -> Said:
        from dragoman.service.read import read_arrival
        from dragoman.sources.arrival import arrival

        told = given(getattr(doc._, PUBLISHED) or self._published, self._language)
        article = Article(id="", name="doc", text=doc.text)
        if not doc.text.strip():
            return Said(article=article, troubles=(Trouble(stage="input", message="doc: holds nothing but white space"),))
        try:
            return read_arrival(arrival(article, self._config), self._config, told)
        except InputError as error:
            return Said(article=Article(id="", name="doc", text=""), troubles=(Trouble(stage="input", message=str(error)),))


@Language.factory(KEY, assigns=["doc._.dragoman", "doc.spans"], default_config={"published": None, "language": None})
def component(nlp: Language, name: str, published: str | None, language: str | None) -> Component:
    """The component; its settings are those of `dragoman.toml` and `DRAGOMAN_*` where the pipeline is made. Raises ConfigError."""
    one_thread_a_process()
    Doc.set_extension(KEY, getter=_reading_of, force=True)
    Doc.set_extension(PUBLISHED, default=None, force=True)
    return Component(published, language, settings_here())


def _reading_of(doc: Doc) -> Reading | None:
    """The reading that the component put there; None where it has not run."""
    line = doc.user_data.get(KEY)
    return None if line is None else as_read(loads(line))


def _spans(doc: Doc, reading: Said) -> Iterator[Span]:
    found = [(mention.start, mention.end, entity.kind.upper(), entity.id) for entity in reading.entities for mention in entity.mentions]
    found += [(when.start, when.end, "DATE", when.value or "") for when in reading.dates]
    found += [(event.trigger.start, event.trigger.end, f"EVENT:{event.type}", event.id) for event in reading.events]
    found += [(one.start, one.end, "STATEMENT", one.id) for one in reading.statements]
    for start, end, label, id_ in sorted(found):
        span = doc.char_span(start, end, label=label, span_id=id_, alignment_mode="expand")
        if span is not None:
            yield span
