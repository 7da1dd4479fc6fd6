"""Fields of administration, which tie together what a lawyer is good at, what a case is about and what an agency does.

A field has a name and words; a text speaks of a field where it holds either. The list is the office's own data.
"""

from collections.abc import Mapping


class Fields:
    """The office's fields, each with its words; made once, asked often."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._words = {name: (name, *more) for name, more in words.items()}
        self._known: dict[str, frozenset[str]] = {}

    def of(self, text: str) -> frozenset[str]:
        """Return the fields that a text speaks of."""
        if text not in self._known:
            found = (name for name, words in self._words.items() if any(word in text for word in words))
            self._known[text] = frozenset(found)
        return self._known[text]
