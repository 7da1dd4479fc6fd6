"""Who serves an agency from when to when; what rests on two papers (a post and a certificate) lasts as long as both."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from db.coverage.rules.coverage import Counsel
from db.coverage.rules.facts import CoverageFacts, PublicLawyerFacts, Span, common, without
from db.words.agency import Mode


class Standing(NamedTuple):
    """Somebody serves an agency for a time."""

    when: Span
    counsel: Counsel


class Standings(NamedTuple):
    """All who ever served one agency, by mode."""

    own: Sequence[Standing] = ()
    internal: Sequence[Standing] = ()
    shared: Sequence[Standing] = ()
    external: Sequence[Standing] = ()


def all_standings(facts: CoverageFacts) -> Mapping[int, Standings]:
    """Return for each agency who served it when; by mode."""
    people = {person.key: person for person in facts.people}
    found: defaultdict[int, tuple[list[Standing], ...]] = defaultdict(lambda: tuple([] for _ in Mode))
    for agency_key, standing in (*_own(facts), *_lent_out(facts, people), *_others(facts)):
        if standing.when.first < standing.when.past:  # one ended before it began never held
            found[agency_key][_PLACE[standing.counsel.mode]].append(standing)
    return {key: Standings(*modes) for key, modes in found.items()}


def _own(facts: CoverageFacts) -> Iterator[tuple[int, Standing]]:
    for person in facts.people:
        post_in = {post.agency_key: post.post for post in person.posts}
        for agency_key, post in post_in.items():
            for when in common(person.posted_in(agency_key), person.valid):
                yield (
                    agency_key,
                    Standing(when, Counsel(Mode.OWN, person.key, person.name, when.last, post)),
                )


def _lent_out(facts: CoverageFacts, people: dict[int, PublicLawyerFacts]) -> Iterator[tuple[int, Standing]]:
    for sharing in facts.sharings:
        person = people.get(sharing.person_key)
        if person is None:
            continue
        at_home = person.posted_in(sharing.agency_key)  # who works there is its own, not lent to it
        for when in common(without(sharing.when, at_home), person.valid):
            counsel = Counsel(Mode.SHARED, person.key, person.name, when.last, record_key=sharing.key)
            yield sharing.agency_key, Standing(when, counsel)


def _others(facts: CoverageFacts) -> Iterator[tuple[int, Standing]]:
    for a in facts.internal:
        counsel = Counsel(Mode.INTERNAL, a.key, a.name, a.when.last, a.post)
        yield a.agency_key, Standing(a.when, counsel)
    for c in facts.contracts:
        counsel = Counsel(Mode.EXTERNAL, c.key, c.provider, c.when.last, c.lawyers)
        yield c.agency_key, Standing(c.when, counsel)


_PLACE = {mode: place for place, mode in enumerate(Mode)}
