"""What the actor registry knows of one actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from casus.knowledge.registry_index import Case, fold_name
from casus.knowledge.tables import Place
from casus.records.actor import ActorKind

LinkKind = Literal["part of", "faction of", "splinter of", "successor of", "ally of"]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name as written, the case it must match in, and whether other actors bear it too."""

    text: str
    case: Case
    shared: bool


@dataclass(frozen=True, slots=True)
class Link:
    """What an actor is to another in the years [since, until]; None: not known, or to this day."""

    kind: LinkKind
    actor: str
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A post that a person holds with an actor in the years [since, until]."""

    actor: str
    title: str | None
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class FieldIds:
    """The ids that the field has for an actor, where they are known for certain."""

    ucdp: int | None = None
    acled: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """One known actor; `aliases` begin with its name. See `casus.knowledge.registry` for the fields.

    `places` are the rows that tell of it, none for the forces of a state that follow by rule alone.
    """

    id: str
    name: str
    kind: ActorKind
    countries: tuple[str, ...]
    aliases: tuple[Alias, ...]
    since: int | None
    until: int | None
    part_of: str | None
    source: str
    links: tuple[Link, ...] = ()
    ids: FieldIds = FieldIds()
    see: tuple[str, ...] = ()
    title: str | None = None
    terms: tuple[Term, ...] = ()
    places: tuple[Place, ...] = field(default=(), compare=False, repr=False)

    @property
    def place(self) -> Place | None:
        """The row that tells of it first."""
        return self.places[0] if self.places else None

    @property
    def posts(self) -> tuple[Term, ...]:
        """All posts of a person, the one that the person is known by first; () for other actors."""
        if self.kind != "person" or self.part_of is None:
            return self.terms
        return (Term(self.part_of, self.title, self.since, self.until), *self.terms)

    @property
    def all_links(self) -> tuple[Link, ...]:
        """Its links; that to the actor it is part of first. Posts of persons are no links."""
        if self.kind == "person" or self.part_of is None:
            return self.links
        inside = Link("part of", self.part_of)
        told = any(x.actor == self.part_of and x.kind in ("part of", "faction of") for x in self.links)
        return self.links if told else (inside, *self.links)

    def active_in(self, year: int) -> bool:
        """Whether it may have been active in a year: what the table does not tell is not held against it."""
        spans = [(self.since, self.until), *((t.since, t.until) for t in self.terms)]
        return any(within(year, since, until) for since, until in spans)


@dataclass(frozen=True, slots=True)
class AddedNames:
    """Names, and ids of a government, that a row adds to an actor known from elsewhere; `place` is the row."""

    id: str
    aliases: tuple[Alias, ...]
    see: tuple[str, ...]
    source: str
    place: Place
    ids: FieldIds = FieldIds()


def united(aliases: Sequence[Alias]) -> tuple[Alias, ...]:
    """Names of one actor, each once; where one spelling of a name is shared with others, all are."""
    shared = {fold_name(a.text) for a in aliases if a.shared}
    if shared:
        aliases = [replace(a, shared=True) if fold_name(a.text) in shared else a for a in aliases]
    return tuple(dict.fromkeys(aliases))


def within(year: int, since: int | None, until: int | None) -> bool:
    """Whether a year is among [since, until], either of which may be open."""
    return (since is None or since <= year) and (until is None or year <= until)
