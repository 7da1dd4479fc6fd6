"""What all acts of the registry share: read in a worker, open a form, carry out what it says, answer."""

from typing import Any

from PySide6.QtCore import Signal

from db.agencies.queries.agencies import agency_choices
from db.catalogue.search import keys_of
from gui.forms.carrying import Carrying
from gui.widgets.entries import Item


class RegistryActs(Carrying):
    """Acts of the registry; ``saved`` is told the table and key of what was entered or changed."""

    saved = Signal(str, int)

    def tell(self, table: str, key: int) -> None:
        """Say which record was entered or changed."""
        self.saved.emit(table, key)


def agency_items(session: Any) -> tuple[Item, ...]:
    """Return the agencies to choose from, by short name, found by pinyin too."""
    keys = keys_of(session, "agency")
    return tuple((short, key, keys.get(key, ())) for key, _, short in agency_choices(session))
