"""The control for each kind of field, and what is read before a form can offer anything."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from db.ledger.declare import (
    Book,
    Choice,
    Day,
    Lines,
    Link,
    Links,
    Long,
    Number,
    Secret,
    Spec,
    Text,
    Tick,
    fields_of,
)
from db.ledger.search import offers
from gui.widgets.entries import (
    ChoiceEntry,
    DayEntry,
    DecimalEntry,
    Entry,
    Item,
    NumberEntry,
    PickEntry,
    TextEntry,
    TickEntry,
)
from gui.widgets.growing import GrowingText
from gui.widgets.pickers import TagField
from gui.widgets.rows_field import Kind, LineColumn, RowsField
from gui.widgets.secret_field import SecretField

Offers = Mapping[str, tuple[Item, ...]]
"""What links may lead to, by the key of the subject: (what it is called, key, search keys)."""

MOST_LINKS = 20
LEAST_LINES = 2  # of a field for several lines
UNSAID = "未填写"


def offers_of(session: Any, book: Book[Any]) -> Offers:
    """Return what the links of a ledger may lead to."""
    links = {spec.to for spec in book.ledger.fields if isinstance(spec, Link | Links)}
    return {to: tuple(offers(session, book, to)) for to in links}


class LinksEntry(TagField):
    """Several records, each as a chip; its value are their keys."""

    def __init__(self, items: Iterable[Item]) -> None:
        super().__init__(MOST_LINKS)
        self._keys = {text: cast("int", key) for text, key, _ in items}
        self.set_suggestions(self._keys)

    def value(self) -> object:
        return tuple(self._keys[tag] for tag in self.tags() if tag in self._keys)

    def set_value(self, value: object) -> None:
        """Show the records with these keys."""
        wanted = value if isinstance(value, tuple) else ()
        names = {key: text for text, key in self._keys.items()}
        self.set_tags(names[key] for key in wanted if key in names)

    def is_blank(self) -> bool:
        return not self.tags()

    def trouble(self) -> str:
        unknown = next((tag for tag in self.tags() if tag not in self._keys), "")
        return f"列表中没有“{unknown}”，请从列表选择。" if unknown else ""


class SecretEntry(SecretField):
    """A number that is shown in part until it is asked for."""

    def __init__(self, spec: Secret) -> None:
        super().__init__()
        self._hide = spec.mask

    def set_value(self, value: object) -> None:
        """Hold a number."""
        number = str(value or "")
        self.hide_number(number, self._hide(number))

    def is_blank(self) -> bool:
        return not self.value()

    def trouble(self) -> str:
        return ""


def entry_of(spec: Spec, offers: Offers) -> QWidget:
    """Return an empty control for a field; each answers as ``Entry`` does."""
    if isinstance(spec, Choice):
        return ChoiceEntry(
            [(one.value, one) for one in spec.of], spec.title, nothing="" if spec.required else UNSAID
        )
    if isinstance(spec, Link):
        made = PickEntry("输入名称或拼音")
        made.set_items(offers.get(spec.to, ()))
        return made
    if isinstance(spec, Links):
        return LinksEntry(offers.get(spec.to, ()))
    if isinstance(spec, Lines):
        return RowsField(spec.record, [_line_column(one) for one in fields_of(spec.record)], spec.title)
    return _plain(spec)


def value_of(entry: QWidget) -> Any:
    """Return what stands in a control."""
    return cast("Entry", entry).value()


def is_wide(spec: Spec) -> bool:
    """Say whether a field takes the whole width of a form."""
    return isinstance(spec, Long | Lines | Links)


def _plain(spec: Spec) -> QWidget:
    if isinstance(spec, Secret):
        return SecretEntry(spec)
    if isinstance(spec, Long):
        return GrowingText(least=LEAST_LINES)
    if isinstance(spec, Day):
        return DayEntry()
    if isinstance(spec, Number):
        return DecimalEntry(spec.unit) if spec.decimals else NumberEntry(spec.unit)
    if isinstance(spec, Tick):
        return TickEntry(spec.title)
    return TextEntry()


def _line_column(spec: Spec) -> LineColumn:
    kinds: tuple[tuple[type[Spec], Kind], ...] = (
        (Day, Kind.DAY),
        (Tick, Kind.TICK),
        (Choice, Kind.CHOICE),
        (Long, Kind.LONG),
    )
    kind = next((kind for of, kind in kinds if isinstance(spec, of)), Kind.TEXT)
    if isinstance(spec, Number):
        kind = Kind.DECIMAL if spec.decimals else Kind.NUMBER
    choices = tuple((one.value, one) for one in spec.of) if isinstance(spec, Choice) else ()
    room = 0 if isinstance(spec, Text | Long) else 120
    nothing = spec.title if not isinstance(spec, Choice) or not spec.required else ""
    return LineColumn(spec.name, spec.title, kind, room, choices, nothing)
