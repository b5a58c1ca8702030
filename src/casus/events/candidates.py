"""Triggers with all that the text ties to them: the raw material of events."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from casus.events.actuality import Modality, modality_of
from casus.events.attachment import attach_places, attach_times
from casus.events.frames import Frame, frame_of
from casus.events.triggers import Trigger, find_triggers
from casus.knowledge.lexicon import load_lexicon
from casus.records.findings import Findings
from casus.records.parse import Parse, Token
from casus.records.span import Span

NOUN_PHRASE = frozenset(("compound", "amod", "poss", "nmod", "nummod", "prep", "pobj", "appos", "quantmod", "npadvmod"))
"""Dependencies followed downwards from a noun in search of an actor it names."""

AIMED_AT_PLACES = frozenset(
    (
        "take",
        "retake",
        "transfer",
        "siege",
        "attack",
        "offensive",
        "raid",
        "shelling",
        "bomb_from_air",
        "strike",
        "loot",
    )
)
"""Classes whose verbs take a place as their object ("shelled Goma", "retook Palmyra")."""

STATIVE = frozenset(("hold", "control", "lose", "secure"))
"""Verbs that tell of a state when they qualify a noun."""

FINDING = frozenset(("find", "discover", "recover", "confiscate", "dismantle", "take apart", "unearth"))
"""Verbs that tell of weapons put out of use when weapons are what is found."""

WEAKEST = 0.2
"""Triggers that turned out to report nothing fall below it."""

INTRANSITIVE = frozenset(
    ("fall", "fall to", "fall into hand", "take control", "gain control", "take over", "raise flag")
)
"""Verbs of taking that need no object to tell of territory ("the town fell")."""

DEEP = 3
"""Levels followed: "a convoy of soldiers of the army"."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor at a trigger, with the words that put it there."""

    actor: str
    span: Span


@dataclass(frozen=True, slots=True)
class Attached:
    """An index into a tuple of mentions, with how strongly the text ties it to the trigger."""

    index: int
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One trigger with its parties, its times and places (best first), its figures and claims.

    `figures` and `claims` index the findings; `definite` holds for a phrase that points
    back ("the attack", "that raid"), `indefinite` for one that introduces ("an attack"),
    `alike` for one likened to the last of its kind ("a similar raid", "two strikes" after
    "23 strikes"), `supporting` for
    what only helps another act ("covered by jets of an ally"). `nouns` are the lemmas
    of its sentence's nouns.
    """

    trigger: Trigger
    sentence: int
    frame: Frame
    agents: tuple[Party, ...]
    patients: tuple[Party, ...]
    mutual: tuple[Party, ...]
    times: tuple[Attached, ...]
    places: tuple[Attached, ...]
    figures: tuple[int, ...]
    claims: tuple[int, ...]
    modality: Modality
    definite: bool
    indefinite: bool
    supporting: bool
    alike: bool
    nouns: frozenset[str]


class ActorIndex:
    """Which actor a token names."""

    def __init__(self, findings: Findings) -> None:
        self._at: dict[int, tuple[int, Span, str]] = {}
        for actor in findings.actors:
            for span in actor.mentions:
                for token in findings.parse.tokens_in(span):
                    entry = (len(span), span, actor.id)
                    if token.i not in self._at or entry < self._at[token.i]:
                        self._at[token.i] = entry
        self._parse = findings.parse

    def party(self, token: Token) -> Party | None:
        """The actor at a noun, or named inside its phrase ("a convoy of soldiers")."""
        level = [token]
        for _ in range(DEEP):
            for member in level:
                if member.i in self._at:
                    _, span, actor = self._at[member.i]
                    return Party(actor, span)
            level = [c for m in level for c in self._parse.children(m) if c.dep in NOUN_PHRASE]
        return None

    def parties(self, heads: tuple[int, ...]) -> tuple[Party, ...]:
        """The actors at several head tokens, each once, in text order."""
        found: dict[str, Party] = {}
        for i in heads:
            party = self.party(self._parse.tokens[i])
            if party is not None:
                found.setdefault(party.actor, party)
        return tuple(found.values())


def raided_in(members: tuple[Candidate, ...]) -> set[str]:
    """Actors who are the target of a raid among these tellings, whatever else they did in it."""
    return {p.actor for m in members if m.trigger.kind == "raid" for p in m.patients}


def find_candidates(findings: Findings) -> tuple[Candidate, ...]:
    """One candidate a trigger, in text order."""
    parse = findings.parse
    actors = ActorIndex(findings)
    triggers = [t for t in find_triggers(parse) if not _names_otherwise(findings, t)]
    figures = bind_figures(findings, triggers)
    beside: dict[int, list[Trigger]] = {}
    for trigger in triggers:
        beside.setdefault(parse.tokens[trigger.token].sentence, []).append(trigger)
    nouns = {s: _nouns(parse, s) for s in beside}
    found = []
    for trigger in triggers:
        token = parse.tokens[trigger.token]
        frame = frame_of(parse, trigger)
        trigger = _by_object(findings, actors, trigger, frame)
        if trigger.strength < WEAKEST:
            continue
        agents = actors.parties(frame.agents)
        acting = {p.actor for p in agents}
        patients = tuple(p for p in actors.parties(frame.patients) if p.actor not in acting)
        found.append(
            Candidate(
                trigger=trigger,
                sentence=token.sentence,
                frame=frame,
                agents=agents,
                patients=patients,
                mutual=actors.parties(frame.mutual),
                times=tuple(Attached(i, s) for i, s in attach_times(findings, token, beside[token.sentence])),
                places=_places(findings, trigger, beside[token.sentence]),
                figures=figures[trigger.token],
                claims=findings.claims_over(trigger.span),
                modality=modality_of(parse, token),
                definite=_has_modifier(parse, trigger, ("the", "this", "that", "these", "those")),
                indefinite=_has_modifier(parse, trigger, ("a", "an", "another", "several", "two", "three")),
                supporting=_supports(parse, trigger),
                nouns=nouns[token.sentence],
                alike=_has_modifier(parse, trigger, load_lexicon("frames")["alike"]) or _is_counted(parse, trigger),
            )
        )
    return tuple(found)


def _names_otherwise(findings: Findings, trigger: Trigger) -> bool:
    """Whether the word only names a speaker ("the bomb squad said") or a time ("in March")."""
    sentence = findings.parse.tokens[trigger.token].sentence
    times = (findings.times[i].span for i in findings.times_in.get(sentence, ()))
    return findings.names_speaker(trigger.span) or any(t.contains(trigger.span) for t in times)


def _by_object(findings: Findings, actors: ActorIndex, trigger: Trigger, frame: Frame) -> Trigger:
    """Verbs of taking mean territory, people or neither, by what is taken.

    "Captured the town" takes territory, "captured a commander" is an arrest; with neither
    a place nor people as its object ("held talks") the verb reports nothing; weapons found or
    seized are put out of use; and people
    "held in a jail" or areas "controlled by" somebody are a state, not a happening. A prison
    or a hotel retaken was fought over, but is no territory (codebook 2.1).
    """
    token = findings.parse.tokens[trigger.token]
    if trigger.form != "verb":
        return trigger
    if is_stative(trigger.key, token):
        return replace(trigger, strength=0.1)
    if trigger.kind not in ("take", "retake") and trigger.key not in FINDING:
        return trigger
    taken = [findings.parse.tokens[i] for i in frame.patients]
    if any(t.lemma in load_lexicon("frames")["occasions"] for t in taken):
        return replace(trigger, strength=0.1)
    if any(_is_weapon(findings, t) for t in taken):
        return replace(trigger, kind="disrupt", sub_event_type="Disrupted weapons use")
    if trigger.key in FINDING:
        return replace(trigger, strength=0.1)
    if any(t.lemma in load_lexicon("frames")["fought_over"] for t in taken):
        return replace(trigger, kind="clash", sub_event_type="Armed clash")
    if trigger.kind == "retake" or any(_is_territory(findings, t) for t in taken):
        return trigger
    if not taken and trigger.key in INTRANSITIVE:
        return trigger
    if any((party := actors.party(t)) is not None and party.span.overlaps(t.span) for t in taken):
        return replace(trigger, kind="arrest", sub_event_type="Arrests", strength=0.8)
    return replace(trigger, strength=0.1)


def is_stative(verb: str, token: Token) -> bool:
    """Whether a verb tells of a lasting state: people "held in a jail", "the rebels control the valley"."""
    if verb not in STATIVE:
        return False
    return token.dep in ("acl", "relcl", "amod") or (verb in ("hold", "control") and token.tag in ("VBZ", "VBP"))


def _is_weapon(findings: Findings, token: Token) -> bool:
    near = findings.weapons_in.get(token.sentence, ())
    return any(findings.weapons[i].span.overlaps(token.span) for i in near)


def _is_territory(findings: Findings, token: Token) -> bool:
    """Whether a noun is a place, or one of the words for ground that is fought over."""
    if token.lemma in load_lexicon("frames")["territory"]:
        return True
    near = findings.places_in.get(token.sentence, ())
    return any(findings.places[i].span.overlaps(token.span) for i in near)


def _places(findings: Findings, trigger: Trigger, beside: list[Trigger]) -> tuple[Attached, ...]:
    token = findings.parse.tokens[trigger.token]
    found = attach_places(findings, token, beside, aims_at_place=trigger.kind in AIMED_AT_PLACES)
    return tuple(Attached(i, s) for i, s in found)


def _is_counted(parse: Parse, trigger: Trigger) -> bool:
    """Whether events are counted, as the items of one operation are ("near X, two strikes")."""
    return trigger.form == "noun" and any(c.dep == "nummod" for c in parse.children(parse.tokens[trigger.token]))


def _nouns(parse: Parse, sentence: int) -> frozenset[str]:
    return frozenset(t.lemma for t in parse.sentence_tokens(parse.sentences[sentence]) if t.pos in ("NOUN", "PROPN"))


def _supports(parse: Parse, trigger: Trigger) -> bool:
    """Whether a noun stands under words of help: "backed by", "with the support of"."""
    if trigger.form != "noun":
        return False
    helping = load_lexicon("frames")["helping"]
    for ancestor in parse.ancestors(parse.tokens[trigger.token]):
        if ancestor.lemma in helping:
            return True
        if ancestor.pos not in ("ADP", "NOUN"):
            return False
    return False


def _has_modifier(parse: Parse, trigger: Trigger, words: Collection[str]) -> bool:
    token = parse.tokens[trigger.token]
    return trigger.form == "noun" and any(c.lower in words and c.i < token.i for c in parse.children(token))


def is_state(parse: Parse, outcome_token: int | None) -> bool:
    """Whether the outcome word only qualifies people ("fighters held in a jail")."""
    if outcome_token is None:
        return False
    token = parse.tokens[outcome_token]
    return token.lemma in STATIVE - {"lose"} and token.dep in ("acl", "relcl", "amod")


def bind_figures(findings: Findings, triggers: list[Trigger]) -> dict[int, tuple[int, ...]]:
    """For each trigger, by its token, the figures that hang on it.

    A figure goes to the trigger that is its own outcome word, else to the nearest one
    above it in the tree, else to the nearest in its sentence. A figure in a sentence
    without a trigger stays free here; accounts pick it up by discourse.
    """
    parse = findings.parse
    bound: dict[int, list[int]] = {t.token: [] for t in triggers}
    beside: dict[int, list[Trigger]] = {}
    for trigger in triggers:
        beside.setdefault(parse.tokens[trigger.token].sentence, []).append(trigger)
    for index, figure in enumerate(findings.figures):
        if is_state(parse, figure.outcome_token):
            continue
        anchor = figure.outcome_token if figure.outcome_token is not None else figure.head
        token = parse.tokens[anchor]
        chosen = next((i for i in (token.i, *(a.i for a in parse.ancestors(token))) if i in bound), None)
        if chosen is None:
            same = beside.get(token.sentence, [])
            chosen = min(same, key=lambda t: (abs(t.token - token.i), t.token)).token if same else None
        if chosen is not None:
            bound[chosen].append(index)
    return {token: tuple(found) for token, found in bound.items()}
