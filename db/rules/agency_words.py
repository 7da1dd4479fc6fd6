"""What clerks call an agency besides its names: 统计局, 柯城区统计局, 七里乡政府, 白云街道办."""

import re
import unicodedata
from collections.abc import Iterable

_PLACE = re.compile(
    r"(?:\w{1,6}?(?:自治州|地区|市|盟))?(?P<place>\w{1,6}?)(?P<rank>[区县市旗])(?P<rest>\w{2,})"
)
_RANK = re.compile(r"[区县市旗](?=\w{2,})")
GOVERNMENT = "人民政府"


def plain(name: str) -> str:
    """Return a name without blanks, in half width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))


def other_words(name: str, short_name: str) -> frozenset[str]:
    """Return by what else than its two names an agency may be called; others may be called the same."""
    name, short_name = plain(name), plain(short_name)
    found = {name, short_name}
    if _RANK.match(short_name):
        found.add(short_name[1:])
    if match := _PLACE.fullmatch(name):
        place, rank, rest = match["place"], match["rank"], match["rest"]
        found |= {place + rank + rest, rank + rest}
        if rest != GOVERNMENT:  # of which place it is must be said
            found.add(rest.removeprefix(GOVERNMENT) if "街道" in rest else rest)
    found |= {word.replace(GOVERNMENT, "政府") for word in found}
    found |= {word.replace("街道办事处", "街道办") for word in found}
    return frozenset(word for word in found if len(word) > 1)


def called_alike(agencies: Iterable[tuple[int, str, str]]) -> dict[str, int]:
    """Return which agency a word means, of (key, name, short name); what may mean two means none."""
    found: dict[str, int | None] = {}
    for key, name, short_name in agencies:
        for word in other_words(name, short_name):
            found[word] = key if found.get(word, key) == key else None
    return {word: key for word, key in found.items() if key is not None}
