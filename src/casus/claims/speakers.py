"""Who speaks: the words that name a speaker, what kind of speaker it is, and whom a pronoun stands for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from casus.claims.cues import SUBJECTS, speaking_nouns, verb_sort, words
from casus.claims.lookup import ActorsAt
from casus.claims.speaker_words import bare_name, hung_on, phrase
from casus.records.actor import Actor
from casus.records.claim import Speaker, SpeakerKind
from casus.records.parse import Parse, Token
from casus.records.span import Span

UNKNOWN = Speaker(name="unknown", kind="unknown", actor=None, via=None, interest="unknown", span=None)
"""Nobody named stands behind it ("it is believed", "reportedly")."""

PERSON_LOOKBACK = 3
"""Sentences back to look for the person a pronoun stands for."""
INTRODUCTION_REACH = 4
"""Sentences within which a report names the speaker that its lead only described."""


SPOKESPEOPLE = frozenset(("spokesman", "spokeswoman", "spokesperson"))


@dataclass(slots=True)
class Speakers:
    """Turns speaker words into speakers, in text order; remembers who has spoken so far."""

    parse: Parse
    actors: tuple[Actor, ...]
    _spoken: list[tuple[Token, Speaker]] = field(default_factory=list)
    _full: dict[str, list[Speaker]] = field(default_factory=dict)
    _placed: ActorsAt | None = None
    _people: dict[str, list[Span]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self._placed is not None:
            return
        self._placed = ActorsAt(self.parse, self.actors)
        for token in self.parse.tokens:
            if token.entity == "PERSON" and token.dep != "compound":
                name, known = self._entity(token), self._people.setdefault(token.lower, [])
                if name.of(self.parse.text) not in [k.of(self.parse.text) for k in known]:
                    known.append(name)

    def resolve(self, head: Token) -> Speaker | None:
        """The speaker named by a phrase; None for "I" and "we", who are whoever is speaking already."""
        if head.lower in words("speakers", "own_pronouns"):
            return None
        if head.pos == "PRON" or head.tag in ("DT", "WP", "WDT", "PRP$"):
            speaker = replace(self._pronoun(head), span=head.span)
        else:
            meant = self._anaphor(head)
            speaker = self._named(head) if meant is None else replace(meant, span=phrase(self.parse, head))
        self._spoken.append((head, speaker))
        if speaker.kind in ("named person", "witness"):
            same = self._full.setdefault(speaker.name.split()[-1].lower(), [])
            if speaker.name not in [s.name for s in same]:
                same.append(speaker)
        return speaker

    def blank(self) -> Speakers:
        """The same report with nobody having spoken yet."""
        return replace(self, _spoken=[], _full={})

    def introduced_later(self) -> dict[Speaker, Speaker]:
        """Speakers named only by what they are whom the report names a little later, with who that is.

        News leads say "a police spokesman said"; the name comes a sentence or two on, with the same
        description, or with none at all where it is the very next new speaker.
        """
        found: dict[Speaker, Speaker] = {}
        for k, (head, speaker) in enumerate(self._spoken):
            if head.pos != "NOUN" or speaker.kind not in ("official", "witness", "organisation"):
                continue
            if head.tag != "NN" and speaker.kind != "organisation":
                continue
            if speaker in found:
                continue
            later = self._introduction(head, speaker, k + 1)
            if later is not None:
                found[speaker] = later
        return found

    def _introduction(self, head: Token, speaker: Speaker, first: int) -> Speaker | None:
        for k in range(first, len(self._spoken)):
            after, other = self._spoken[k]
            if after.sentence - head.sentence > INTRODUCTION_REACH or after.i <= head.i:
                break
            if other == speaker or other.kind not in ("named person", "witness") or self._named_before(other, head):
                continue
            words_of = self.described(after)
            if speaker.kind == "organisation":
                if head.lemma in words_of and words_of & SPOKESPEOPLE:
                    return other
                continue
            if head.lemma in words_of or (head.lemma in SPOKESPEOPLE and _speaks_for_all(words_of)):
                return other
            return other if not words_of and after.pos == "PROPN" else None
        return None

    def _named_before(self, speaker: Speaker, head: Token) -> bool:
        """Whether the report has named a person before a place in it."""
        return speaker.span is None or self.parse.text.find(speaker.name.split()[-1], 0, head.start) >= 0

    def _named(self, head: Token) -> Speaker:
        head = self._voice(head)
        person = self._person(head)
        name_head = person if person is not None else head
        span = self._entity(name_head) if person is not None else phrase(self.parse, head)
        name = self._full_name(span) if person is not None else self._spelt_out(bare_name(self.parse, span, head))
        kind = self._kind(head, person is not None)
        return Speaker(name, kind, self._actor(head, span), None, "unknown", span)

    def _voice(self, head: Token) -> Token:
        """Whose word a document is, where it is somebody's: "a Centcom statement", "a statement by the army"."""
        if head.lemma not in words("speakers", "voiced"):
            return head
        for child in self.parse.children(head):
            named = child.pos == "PROPN" and child.entity in ("ORG", "PERSON", "")
            if child.dep in ("compound", "poss") and (named or child.dep == "poss") and child.pos in ("PROPN", "NOUN"):
                return child
            if child.dep == "prep" and child.lower in ("by", "from"):
                owners = [c for c in self.parse.children(child) if c.dep == "pobj" and c.pos in ("PROPN", "NOUN")]
                return owners[0] if owners else head
        return head

    def described(self, head: Token) -> frozenset[str]:
        """The nouns by which a speaker is introduced ("police spokesman A. Name": police, spokesman)."""
        tree = self.parse.subtree(head)
        titles = ["doctor" for t in tree if t.lower in ("dr", "dr.")]
        return frozenset([*titles, *(t.lemma for t in tree if t.pos == "NOUN" and t.entity != "PERSON")])

    def _person(self, head: Token) -> Token | None:
        """The token of a person's name in the phrase: its head, or the one set beside it ("the mayor, X")."""
        if self._is_person(head):
            return head
        children = self.parse.children(head)
        told = next((c.i for c in children if c.dep == "acl" and c.tag in ("VBD", "VBN")), len(self.parse.tokens))
        for child in (c for c in children if c.i < told):
            if child.dep in ("appos", "compound", "nmod") and child.pos == "PROPN" and self._names_person(head, child):
                return child
        return None

    def _titled(self, head: Token) -> bool:
        """Whether a military or civil title stands before the name ("COLONEL A. NAME"), whatever its case."""
        first = next((c for c in self.parse.children(head) if c.dep == "compound"), None)
        return first is not None and first.lower in words("speakers", "ranks") and first.i < head.i - 1

    def _surname(self, head: Token) -> bool:
        """Whether a single word is the last name of a person who has spoken before."""
        alone = not any(c.dep in ("compound", "det", "amod") for c in self.parse.children(head))
        return alone and any(s.name.split()[-1] == head.text for s in self._full.get(head.lower, ()))

    def _names_person(self, head: Token, child: Token) -> bool:
        """Whether a name beside a noun is the name of the person it describes; two words beside an office are."""
        office = head.lemma in words("speakers", "official")
        if child.entity == "PERSON":
            return child.dep == "appos" or office
        parts = [c for c in self.parse.children(child) if c.dep == "compound" and c.pos == "PROPN"]
        other = child.entity in ("GPE", "LOC", "DATE") or child.lemma in speaking_nouns()
        return office and child.dep == "appos" and bool(parts) and not other

    def _is_person(self, head: Token) -> bool:
        if head.pos != "PROPN" and head.entity != "PERSON":
            return False
        name = phrase(self.parse, head).of(self.parse.text)
        if head.lemma in _role_nouns() or self._is_media(name) or _is_monitor(name):
            return False
        actor = self.actor_at(head)
        if actor is not None and actor.registry is not None and actor.kind != "person":
            return False
        if head.entity == "PERSON" or (actor is not None and actor.kind == "person"):
            return True
        if self._titled(head) or (head.entity in ("", "ORG") and self._surname(head)):
            return True
        beside = [c for c in self.parse.children(head) if c.dep == "appos" and c.tag == "NN"]
        if any(c.lemma in words("speakers", "official") for c in beside):
            return head.entity not in ("GPE", "LOC", "NORP")
        return head.entity == "" and actor is None and self._called_he(head)

    def _called_he(self, head: Token) -> bool:
        """Whether two or three unknown capitalised words are taken up by "he" or "she" soon after."""
        parts = [c for c in self.parse.children(head) if c.dep == "compound" and c.pos == "PROPN"]
        if len(parts) not in (1, 2) or any(t.lower in speaking_nouns() for t in (head, *parts)):
            return False
        last = self.parse.sentences[min(head.sentence + PERSON_LOOKBACK, len(self.parse.sentences) - 1)].last
        following = self.parse.tokens[head.i + 1 : last + 1]
        spoken = [t for t in following if t.dep == "nsubj" and verb_sort(self.parse.head(t).lemma) is not None]
        taken_up = next((t for t in spoken if t.lower in ("he", "she", "it") or t.entity == "PERSON"), None)
        if taken_up is None:
            taken_up = next((t for t in following if t.lower in ("he", "she", "it", "they")), None)
        return taken_up is not None and taken_up.lower in ("he", "she")

    def _entity(self, token: Token) -> Span:
        """The name that the token belongs to, without a title before it."""
        first = last = token.i
        tokens = self.parse.tokens
        if token.entity == "":
            parts = [c.i for c in self.parse.children(token) if c.dep in ("compound", "flat") and c.i < token.i]
            return Span(tokens[min([*parts, token.i])].start, token.end)
        while first > 0 and not tokens[first].begins and tokens[first - 1].entity == token.entity != "":
            first -= 1
        while last + 1 < len(tokens) and tokens[last + 1].entity == token.entity != "" and not tokens[last + 1].begins:
            last += 1
        while first < last and tokens[first].lower in words("speakers", "titles"):
            first += 1
        if last > token.i and tokens[last].lower in ("'s", "’s"):
            last -= 1
        return Span(tokens[first].start, tokens[last].end)

    def _full_name(self, span: Span) -> str:
        """The fullest form of a person's name that stands earlier in the text."""
        name = span.of(self.parse.text)
        last_word = name.split()[-1]
        for speaker in self._full.get(last_word.lower(), ()):
            if len(speaker.name) > len(name):
                return speaker.name
        for other in self._people.get(last_word.lower(), ()):
            words_of = other.of(self.parse.text).split()
            if other.start < span.start and len(other) > len(name) and words_of[-1] == last_word:
                return " ".join(words_of)
        return " ".join(name.split())

    def person_called(self, label: str) -> str | None:
        """The fullest name of the person whom a label names, in any case; None if the report names nobody so."""
        last_word = label.split()[-1].lower()
        names = [" ".join(n.of(self.parse.text).split()) for n in self._people.get(last_word, ())]
        cased = [n for n in names if not n.isupper()]
        return max(cased or names, key=len, default=None)

    def _spelt_out(self, name: str) -> str:
        """For letters that stand for a speaker named before ("OIR"): the name."""
        if not (name.isupper() and name.isalpha() and len(name) > 1):
            return name
        names = [s.name for _, s in self._spoken if len(s.name.split()) == len(name)]
        return next((n for n in names if "".join(w[0] for w in n.split()).upper() == name), name)

    def _kind(self, head: Token, person: bool) -> SpeakerKind:
        roles = self._roles(head)
        if person:
            roles -= {head.lemma} if head.pos == "PROPN" else frozenset()
            known = roles & (words("speakers", "official") | words("speakers", "organisation"))
            aged = any(c.dep in ("appos", "npadvmod", "nummod") and c.pos == "NUM" for c in self.parse.children(head))
            private = bool(roles & words("speakers", "witness")) or aged
            return "witness" if private and not known else "named person"
        text = phrase(self.parse, head).of(self.parse.text)
        if self._is_media(text) or self._media_noun(head):
            return "media"
        if head.pos != "PROPN":
            kinds: tuple[SpeakerKind, ...] = ("official", "witness", "organisation", "document")
            for kind in kinds:
                if {head.lemma, head.lower} & words("speakers", kind):
                    return kind
        elif head.lemma in words("speakers", "official"):
            return "official"
        body = head.pos == "PROPN" or head.entity in ("ORG", "GPE", "NORP") or self.actor_at(head) is not None
        return "organisation" if body else "witness"

    def _roles(self, head: Token) -> frozenset[str]:
        """Nouns that say what somebody is: beside the name, before it, or the head itself."""
        found = {head.lemma}
        for child in self.parse.children(head):
            if child.dep in ("appos", "compound", "nmod", "amod"):
                found |= {child.lemma, child.lower}
                found |= {c.lemma for c in self.parse.children(child) if c.dep in ("compound", "conj")}
            if child.dep == "relcl":
                found |= {c.lemma for c in self.parse.children(child) if c.dep == "attr"}
        return frozenset(found)

    def _is_media(self, text: str) -> bool:
        plain = " ".join(text.split()).lower()
        plain = plain.removeprefix("the ")
        names = words("speakers", "media_names")
        tail = plain.split()[-1] if plain else ""
        named = any(c.isupper() for c in text) and len(text) > 2
        if plain in names or f"the {plain}" in names or (named and tail in words("speakers", "media_tails")):
            return True
        return named and " " in plain and plain.split()[0] in words("speakers", "media_heads")

    def _media_noun(self, head: Token) -> bool:
        if head.lemma in ("agency", "network", "service", "channel", "website", "site", "portal", "outlet"):
            modifiers = {c.lower for c in self.parse.children(head)}
            return bool(modifiers & words("speakers", "media_modifiers")) or head.lemma == "outlet"
        return bool({head.lemma, head.lower} & words("speakers", "media"))

    def actor_at(self, token: Token) -> Actor | None:
        """The actor that a word mentions."""
        return self._placed.at(token.sentence, token.span) if self._placed is not None else None

    def _actor(self, head: Token, span: Span) -> str | None:
        """The id of the actor that the speaker is or speaks for."""
        actor = self.actor_at(head)
        if actor is not None and actor.kind != "person":
            return actor.id
        if actor is not None and actor.member_of is not None:
            return actor.member_of
        near = {t.i for t in self.parse.subtree(head) if not hung_on(self.parse, t, head)}
        for token in self.parse.tokens_in(span):
            near.add(token.i)
        found = [self.actor_at(self.parse.tokens[i]) for i in sorted(near)]
        bodies = [a for a in found if a is not None and a.kind not in ("person", "civilians")]
        return bodies[0].id if bodies else None

    def _anaphor(self, head: Token) -> Speaker | None:
        """For "the officer" or "the group": the speaker or actor meant, if one was introduced before."""
        children = self.parse.children(head)
        if head.pos != "NOUN" or [c.lower for c in children if c.i < head.i] not in (["the"], ["this"]):
            return None
        if any(c.dep in ("prep", "appos", "relcl", "acl") for c in children):
            return None
        for before, speaker in reversed(self._spoken):
            same_number = head.tag in ("NN", before.tag) and before.tag in (head.tag, "NNP", "PRP")
            if before.i < head.i and same_number and head.lemma in self._roles(before):
                return speaker
        return self._body(head) if head.lemma in words("speakers", "generic_bodies") else None

    def _body(self, head: Token) -> Speaker | None:
        """The body that "the group" stands for: an actor it mentions, else the last body that spoke or was named."""
        span = phrase(self.parse, head)
        introduced = self._introduced_as(head)
        if introduced is not None:
            return introduced
        actor = self.actor_at(head)
        if actor is not None:
            return Speaker(actor.name, "organisation", actor.id, None, "unknown", span)
        bodies = (
            s for t, s in reversed(self._spoken) if s.kind == "organisation" and t.i < head.i and t.pos == "PROPN"
        )
        spoken = next(bodies, None)
        if spoken is not None:
            return spoken
        first = self.parse.sentences[max(0, head.sentence - 1)].first
        named = [t for t in self.parse.tokens[first : head.i] if t.entity == "ORG" and t.dep != "compound"]
        if not named:
            return None
        of_name = self._entity(named[-1])
        body = self._actor(named[-1], of_name)
        return Speaker(of_name.of(self.parse.text), "organisation", body, None, "unknown", of_name)

    def _introduced_as(self, head: Token) -> Speaker | None:
        """For "the group": the body that the report called one before its name ("the aid group Hill Relief")."""
        first = self.parse.sentences[max(0, head.sentence - PERSON_LOOKBACK)].first
        for token in reversed(self.parse.tokens[first : head.i]):
            name = self.parse.tokens[min(token.i + 1, head.i)]
            if token.pos == "NOUN" and token.lemma in words("speakers", "generic_bodies") and name.pos == "PROPN":
                while name.dep == "compound" and name.head > name.i:
                    name = self.parse.head(name)
                span = self._entity(name)
                body = self._actor(name, span)
                return Speaker(span.of(self.parse.text), "organisation", body, None, "unknown", span)
        return None

    def _pronoun(self, head: Token) -> Speaker:
        """The antecedent of a pronoun: the last person named as a subject or speaker, or the last body that spoke."""
        if head.lower in words("speakers", "person_pronouns"):
            return self._last_person(head) or self._as_is(head)
        if head.lower in words("speakers", "group_pronouns"):
            return self._last_group(head) or self._as_is(head)
        return self._as_is(head)

    def _as_is(self, head: Token) -> Speaker:
        people = words("speakers", "indefinite") | {"he", "she"}
        kind: SpeakerKind = "witness" if head.lower in people else "unknown"
        return Speaker(phrase(self.parse, head).of(self.parse.text), kind, None, None, "unknown", head.span)

    def _last_person(self, head: Token) -> Speaker | None:
        people = ("named person", "witness", "official")
        spoken = self._last_of(people, head)
        person = self._person_subject(head)
        if person is not None and (not spoken or (person.i > spoken[0].i and person.dep in (*SUBJECTS, "appos"))):
            return self._named(person)
        return spoken[1] if spoken else None

    def _last_of(self, kinds: tuple[str, ...], head: Token) -> tuple[Token, Speaker] | None:
        """The last speaker of some kinds before a place."""
        return next(((t, s) for t, s in reversed(self._spoken) if s.kind in kinds and t.i < head.i), None)

    def _person_subject(self, head: Token) -> Token | None:
        """The last person named before, as a subject if there is one, within a few sentences."""
        first = self.parse.sentences[max(0, head.sentence - PERSON_LOOKBACK)].first
        tokens = [t for t in self.parse.tokens[first : head.i] if t.dep not in ("compound", "poss")]
        before = [t for t in tokens if self._is_person(t)]
        subjects = [t for t in before if t.dep in SUBJECTS or (t.dep == "appos" and self.parse.head(t).dep in SUBJECTS)]
        return subjects[-1] if subjects else (before[-1] if before else None)

    def _last_group(self, head: Token) -> Speaker | None:
        bodies = ("organisation", "official", "witness")
        kinds = (*bodies, "media", "document") if head.lower in ("it", "its") else bodies
        spoken = self._last_of(kinds, head)
        return spoken[1] if spoken else None


def _speaks_for_all(described: frozenset[str]) -> bool:
    """Whether somebody's description is that of a spokesman under another name ("information officer")."""
    return bool(described & {"representative", *SPOKESPEOPLE}) or (
        bool(described & {"information", "press", "media", "relation", "relations"})
        and bool(described & {"officer", "head", "chief", "director", "secretary", "adviser"})
    )


def _is_monitor(text: str) -> bool:
    return " ".join(text.split()).lower().removeprefix("the ") in words("speakers", "monitor_names")


def _role_nouns() -> frozenset[str]:
    return words("speakers", "official") | words("speakers", "organisation") | words("speakers", "document")
