"""Search keys of the records of a ledger: of its searched fields, and of what its links are called."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.formats import pinyin
from db.formats.text import fold
from db.ledger.declare import Book, Draft, Link, Links, Text
from db.ledger.queries import captions, drafts_of, linked_keys
from db.models.derived import SearchKey

CHUNK = 500


def refresh(session: Session, book: Book[Draft], touched: Mapping[str, Iterable[int]]) -> None:
    """Bring the search keys up to date after an act touched these rows (table name -> keys)."""
    ids = set(touched.get(book.ledger.table, ()))
    for spec in book.ledger.fields:
        if isinstance(spec, Link) and spec.searched:
            table = str(book.resolve(spec.to).model.__tablename__)
            if moved := set(touched.get(table, ())):
                column = getattr(book.ledger.model, spec.name)
                ids.update(session.scalars(select(book.ledger.model.id).where(column.in_(moved))))
    for chunk in _chunks(ids):
        session.execute(
            delete(SearchKey).where(
                SearchKey.table_name == book.ledger.table, SearchKey.record_id.in_(chunk)
            ),
            execution_options={"synchronize_session": False},
        )
        if found := keys_of(session, book, chunk):
            session.execute(
                insert(SearchKey),
                [{"table_name": book.ledger.table, "record_id": r, "key": k} for r, k in sorted(found)],
            )


def differences(session: Session, book: Book[Draft]) -> list[str]:
    """Return a sentence for each stretch of records whose stored keys are not what the fields give."""
    said = []
    model = book.ledger.model
    for chunk in _chunks(session.scalars(select(model.id).where(model.removed_at.is_(None)))):
        query = select(SearchKey.record_id, SearchKey.key).where(
            SearchKey.table_name == book.ledger.table, SearchKey.record_id.in_(chunk)
        )
        if {(r, k) for r, k in session.execute(query)} != keys_of(session, book, chunk):
            said.append(f"{book.ledger.noun} {chunk[0]}–{chunk[-1]} 的检索词与内容不符")
    return said


def offers(session: Session, book: Book[Draft], to: str) -> list[tuple[str, int, tuple[str, ...]]]:
    """Return what a link may lead to: (what it is called, key, search keys); namesakes are told apart by their keys."""
    target = book.resolve(to)
    called = captions(session, book, to)
    if target.keys:
        keys = dict(target.keys(session))
    else:
        keys = {}
        query = select(SearchKey.record_id, SearchKey.key).where(
            SearchKey.table_name == str(target.model.__tablename__)
        )
        for record, key in session.execute(query):
            keys[record] = (*keys.get(record, ()), key)
    many = {name for name, count in Counter(called.values()).items() if count > 1}
    return [
        (f"{name}（{key}）" if name in many else name, key, keys.get(key, ())) for key, name in called.items()
    ]


def keys_of(session: Session, book: Book[Draft], ids: Sequence[int]) -> set[tuple[int, str]]:
    """Return every key under which these records are found: names by their pinyin, too; long texts as they stand."""
    drafts = drafts_of(session, book.ledger, ids)
    found: set[tuple[int, str]] = set()
    for spec in book.ledger.fields:
        if not spec.searched:
            continue
        if isinstance(spec, Link | Links):
            linked = {key: linked_keys(spec, draft) for key, draft in drafts.items()}
            called = captions(session, book, spec.to, {one for many in linked.values() for one in many})
            words = [(key, called.get(one, "")) for key, many in linked.items() for one in many]
        else:
            words = [(key, str(getattr(draft, spec.name) or "")) for key, draft in drafts.items()]
        if isinstance(spec, Text | Link | Links):
            is_person = isinstance(spec, Text) and spec.person
            found |= {(key, k) for key, word in words for k in pinyin.search_keys(word, person=is_person)}
        else:
            found |= {(key, fold(word)) for key, word in words if fold(word)}
    return found


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
