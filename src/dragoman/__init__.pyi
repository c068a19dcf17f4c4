from dragoman.api.reading import Reading as Reading
from dragoman.api.reading import read as read
from dragoman.api.reading import read_files as read_files
from dragoman.api.record import Added as Added
from dragoman.api.record import Record as Record
from dragoman.api.record import open as open  # noqa: A004
from dragoman.api.timeline import Event as Event
from dragoman.api.timeline import EventDossier as EventDossier
from dragoman.api.timeline import Timeline as Timeline
from dragoman.model.config import Config as Config
from dragoman.model.errors import Ambiguous as Ambiguous
from dragoman.model.errors import BinaryInput as BinaryInput
from dragoman.model.errors import ConfigError as ConfigError
from dragoman.model.errors import DragomanError as DragomanError
from dragoman.model.errors import EmptyInput as EmptyInput
from dragoman.model.errors import EngineError as EngineError
from dragoman.model.errors import InputError as InputError
from dragoman.model.errors import ModelMissing as ModelMissing
from dragoman.model.errors import NotFound as NotFound
from dragoman.model.errors import StoreError as StoreError
from dragoman.model.errors import TooLarge as TooLarge
from dragoman.model.reading import Article as Article
from dragoman.model.reading import Commitment as Commitment
from dragoman.model.reading import Entity as Entity
from dragoman.model.reading import EventReport as EventReport
from dragoman.model.reading import Mention as Mention
from dragoman.model.reading import OfficeHolding as OfficeHolding
from dragoman.model.reading import Participation as Participation
from dragoman.model.reading import Statement as Statement
from dragoman.model.reading import Trouble as Trouble
from dragoman.model.reading import When as When
from dragoman.model.spans import Span as Span

__version__: str
__all__: list[str]
