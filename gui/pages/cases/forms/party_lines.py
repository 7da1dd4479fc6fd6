"""The parties of a case as the lines of the editor: one list for each side, one for all their agents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from db.cases.rules.cases import AgentDraft, PartyDraft
from db.errors import Problem
from db.words.case import AgentKind, DefendantRole, PartyKind, Side
from gui.widgets.rows_field import Kind, LineColumn, RowsField

LONGEST_NAME = 4  # characters of a person's name; what is longer may be an organisation
LISTS = {Side.PLAINTIFF: "plaintiffs", Side.DEFENDANT: "defendants", Side.THIRD: "third_parties"}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A plaintiff or third person; an empty ``kind`` is told by the name."""

    name: str = ""
    kind: PartyKind | None = None


@dataclass(frozen=True, slots=True)
class DefendantLine:
    """An agency, by its full or short name, and why it is a defendant."""

    name: str = ""
    role: DefendantRole | None = None


@dataclass(frozen=True, slots=True)
class AgentLine:
    """Somebody who acts for ``party`` (its name; empty for the first plaintiff) and is not from the pool."""

    party: str = ""
    name: str = ""
    kind: AgentKind = AgentKind.LAWYER
    firm_name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency to choose, with the keys by which it is found."""

    key: int
    name: str
    short_name: str
    keys: tuple[str, ...] = ()


def person_field(what: str) -> RowsField:
    """Return an empty list of plaintiffs or third persons."""
    kinds = tuple((k.value, k) for k in (PartyKind.PERSON, PartyKind.ORGANISATION))
    kind = LineColumn("kind", "类别", Kind.CHOICE, 148, kinds, "按名称判断")
    return RowsField(PersonLine, (LineColumn("name", "姓名或者名称"), kind), what)


def defendant_field() -> RowsField:
    """Return an empty list of defendants."""
    roles = tuple((r.value, r) for r in DefendantRole)
    role = LineColumn("role", "被告身份", Kind.CHOICE, 148, roles, "作出行为的机关")
    name = LineColumn("name", "单位，可输入简称或者拼音首字母", Kind.NAME)
    return RowsField(DefendantLine, (name, role), "被告单位")


def agent_field() -> RowsField:
    """Return an empty list of agents."""
    kinds = tuple((k.value, k) for k in AgentKind)
    columns = (
        LineColumn("party", "代理哪一方", Kind.NAME, 150, placeholder="第一原告"),
        LineColumn("name", "姓名", width=84),
        LineColumn("kind", "身份", Kind.CHOICE, 96, kinds),
        LineColumn("firm_name", "律师事务所"),
        LineColumn("phone", "电话", width=112, placeholder="选填"),
    )
    return RowsField(AgentLine, columns, "代理人")


class Parties:
    """Turns parties into lines and back; one that was recorded before keeps its key, so its assignments stay."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self._agencies = agencies
        self.lists = {
            "plaintiffs": person_field("原告"),
            "defendants": defendant_field(),
            "third_parties": person_field("第三人"),
            "agents": agent_field(),
        }
        self.lists["defendants"].set_offers("name", [(a.name, a.key, a.keys) for a in agencies])
        self._start: tuple[PartyDraft, ...] = ()

    def fill(self, parties: Sequence[PartyDraft]) -> None:
        """Show parties; where nobody is named there is a line to begin with."""
        self._start = tuple(parties)
        names = {p.key: self._name(p) for p in parties}
        for side, name in LISTS.items():
            own = [p for p in parties if p.side is side]
            lines: list[object]
            if side is Side.DEFENDANT:
                lines = [DefendantLine(names[p.key] if p.key else self._name(p), p.role) for p in own]
                blank: object = DefendantLine()
            else:
                lines, blank = [PersonLine(p.name, p.kind) for p in own], PersonLine()
            self.lists[name].set_value(lines or ([blank] if side is not Side.THIRD else []))
        agents = [
            AgentLine(self._name(p), a.name, a.kind, a.firm_name, a.phone) for p in parties for a in p.agents
        ]
        self.lists["agents"].set_value(agents)
        self.offer_parties()

    def drafts(self) -> tuple[PartyDraft, ...]:
        """Return the parties as typed, each with its agents."""
        made = list(self._made())
        agents: dict[int, list[AgentDraft]] = {}
        for line in self._agent_lines():
            if line.name.strip() and (at := self._party_at(made, line.party)) is not None:
                agents.setdefault(at, []).append(
                    AgentDraft(line.name.strip(), line.kind, line.firm_name.strip(), line.phone.strip())
                )
        before = {(p.side, p.agency_id or p.name): p for p in self._start}
        return tuple(
            self._kept(replace(p, agents=tuple(agents.get(at, ()))), before) for at, p in enumerate(made)
        )

    def problems(self) -> list[Problem]:
        """Say whose party is not in the case, and who has no name."""
        made, found = list(self._made()), []
        for at, line in enumerate(self._agent_lines()):
            if not line.name.strip() and line != AgentLine():
                found.append(Problem(f"agents.{at}.name", "请填写代理人姓名。"))
            if line.name.strip() and self._party_at(made, line.party) is None:
                text = f"当事人中没有“{line.party.strip()}”。" if line.party.strip() else "请先填写原告。"
                found.append(Problem(f"agents.{at}.party", text))
        return found

    def offer_parties(self) -> None:
        """Offer the parties as typed to the agents' first column."""
        names = [p.name for p in self._made()]
        self.lists["agents"].set_offers("party", [(name, name, ()) for name in dict.fromkeys(names)])

    def has_defendants(self) -> bool:
        """Say whether a defendant is named."""
        return any(p.side is Side.DEFENDANT for p in self._made())

    def ensure_lines(self) -> None:
        """Leave a line to put a message at, where all were taken away."""
        for name, blank in (("plaintiffs", PersonLine()), ("defendants", DefendantLine())):
            if not self.lists[name].lines:
                self.lists[name].set_value([blank])

    # -- inside ----------------------------------------------------------------------------

    def _made(self) -> Iterator[PartyDraft]:
        for side, name in LISTS.items():
            for line in self.lists[name].value():
                typed = line.name.strip()
                if not typed:
                    continue
                if isinstance(line, DefendantLine):
                    agency = next((a for a in self._agencies if typed in {a.name, a.short_name}), None)
                    full = agency.name if agency else typed
                    yield PartyDraft(
                        side, full, PartyKind.AGENCY, agency.key if agency else None, role=line.role
                    )
                else:
                    yield PartyDraft(side, typed, line.kind or _kind_of(typed))

    def _agent_lines(self) -> Sequence[AgentLine]:
        return self.lists["agents"].value()

    def _party_at(self, made: Sequence[PartyDraft], name: str) -> int | None:
        typed = name.strip()
        if not typed:
            return next((at for at, p in enumerate(made) if p.side is Side.PLAINTIFF), None)
        full = next((a.name for a in self._agencies if a.short_name == typed), typed)
        return next((at for at, p in enumerate(made) if p.name in {typed, full}), None)

    def _name(self, party: PartyDraft) -> str:
        return next((a.name for a in self._agencies if a.key == party.agency_id), party.name)

    @staticmethod
    def _kept(party: PartyDraft, before: dict[tuple[Side, int | str], PartyDraft]) -> PartyDraft:
        old = before.get((party.side, party.agency_id or party.name))
        if old is None:
            return party
        known = {(a.name, a.kind): a.licence for a in old.agents}
        agents = tuple(replace(a, licence=known.get((a.name, a.kind), "")) for a in party.agents)
        return replace(party, key=old.key, agents=agents)


def _kind_of(name: str) -> PartyKind:
    is_organisation = "公司" in name or (len(name) > LONGEST_NAME and name.endswith(_ORGANISATIONS))
    return PartyKind.ORGANISATION if is_organisation else PartyKind.PERSON


_ORGANISATIONS = (
    *("厂", "店", "合作社", "中心", "协会", "委员会", "村", "企业", "部", "馆", "院", "所", "集团"),
)
