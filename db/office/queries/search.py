"""Finding records by 汉字, full pinyin, initials or digits; exact first. Reads stored keys, needs no pypinyin."""

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from db.backends import holds
from db.formats import text as words
from db.formats.numbers import as_searched
from db.models.case import Case
from db.models.derived import CaseText, SearchKey

LONG = 3  # letters from which on a pinyin is looked for inside a name too: zhzf in 区综合执法局


def matching(table: str, typed: str) -> Select[int]:
    """Return a query for the ids in ``table`` that every word of ``typed`` finds."""
    folded = [words.fold(as_searched(word)) for word in typed.split()]
    if table == "case_record":
        return select(CaseText.case_id).where(*(_in_text(word) for word in folded))
    query = select(SearchKey.record_id).where(SearchKey.table_name == table).distinct()
    for word in folded[1:]:
        query = query.where(SearchKey.record_id.in_(_by_word(table, word)))
    return query.where(finds(folded[0])) if folded else query


def case_matches(typed: str) -> ColumnElement[bool]:
    """Say of each case in the query whether every word of ``typed`` finds it; for when few cases are asked about."""
    folded = [words.fold(as_searched(word)) for word in typed.split()]
    return exists().where(CaseText.case_id == Case.id, *(_in_text(word) for word in folded))


def _in_text(word: str) -> ColumnElement[bool]:
    """The same as ``finds``, over all keys of a case at once."""
    sought = f"\n{word}" if _is_latin(word) and len(word) < LONG else word
    return holds(CaseText.text, sought)


def finds(word: str) -> ColumnElement[bool]:
    """One or two Latin letters are the beginning of a pinyin; anything else may stand anywhere."""
    prefix = SearchKey.key.startswith(word, autoescape=True)
    if _is_latin(word) and len(word) < LONG:
        return prefix
    return or_(prefix, SearchKey.key.contains(word, autoescape=True))


def _is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()


def is_serial(word: str) -> ColumnElement[bool]:
    """Whether a key is the number of a case that ends in these digits, and in no others: 行初67号 for 67."""
    before = func.substr(SearchKey.key, func.length(SearchKey.key) - len(word) - 1, 1)
    return SearchKey.key.endswith(f"{word}号", autoescape=True) & before.not_in(list("0123456789"))


def _by_word(table: str, word: str) -> Select[int]:
    return select(SearchKey.record_id).where(SearchKey.table_name == table, finds(word))
