"""What speaks for and against each place of a report being that of one event, as named numbers.

The weights are in `knowledge/data/models/locating.json`, fitted by `scripts/train_locating`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from casus.events.candidates import AIMED_AT_PLACES, Candidate
from casus.events.place_roles import ORDER, anchors, holders, rank_of, role_of
from casus.knowledge.lexicon import load_lexicon
from casus.language.layout import dateline_end
from casus.records.account import Account
from casus.records.findings import Findings
from casus.records.parse import Token
from casus.records.span import Span

WINDOW = 8
"""Sentences around those of an event, and mentions at the head of a report, in which its place is looked for."""

COARSE = frozenset(("province", "region", "country", "district", "unknown"))
"""Precisions of a place that a report may narrow down elsewhere."""

HEADING = 60
"""Characters after a name within which a heading goes on ("Kadugli, South Kordofan: ...")."""

ITEM = re.compile(r"[-–—•*\s]{0,4}(?:\(?(?:\d{1,2}|[a-z])[.)]\s{0,2})?")
"""What may stand before the heading of an item."""

OPENING = 6
"""Words into a sentence within which a place is set before all else ("In Mopti, two men ...")."""

SUBJECTS = frozenset(("modifier", "owner", "party", "subject", "aim"))
"""What a country is where it takes part rather than says where."""

LATER = 0.3
"""What a place tied to a later telling loses, for each one before it."""

Features = dict[str, float]


@lru_cache(maxsize=1)
def _pointing() -> dict[str, frozenset[str]]:
    return {word: frozenset(kinds) for word, kinds in load_lexicon("where")["pointing"].items()}


class Setting:
    """One event's tellings among the places of its report; built for one account, used once."""

    def __init__(self, findings: Findings, members: tuple[Candidate, ...], told: tuple[Account, ...]) -> None:
        self.findings, self.parse, self.places = findings, findings.parse, findings.places
        self.members, self.main = members, members[0]
        self.attached = _attached(members)
        self.dateline = dateline_end(self.parse.text)
        self.before = told[-1].location.name if told else None
        self.told_names = {a.location.name.lower() for a in told if a.location.name}
        self.told_spans = {a.location.span for a in told}
        self.sentences = sorted({m.sentence for m in members})
        self.ours = {m.trigger.token for m in members}
        self.aimed = any(m.trigger.kind in AIMED_AT_PLACES for m in members)
        self.nouns = frozenset[str]().union(*(m.nouns for m in members))
        self.indices = self._near()
        self.roots = {k: self.parse.root_in(self.places[k].span) for k in self.indices}
        self.heading = self._heading()
        self.roles = {k: role_of(self.parse, root) for k, root in self.roots.items()}
        self.speaking = {k for k in self.indices if findings.names_speaker(self.places[k].span)}
        self.reporting = set(self._reporting_verbs())
        self.held = holders(findings, self.indices) | anchors(findings, self.indices)
        self.acting = {k for k in self.indices if self._names_actor(k)}
        self.carrier = {t.i: k for k in self.indices for t in self.parse.tokens_in(self.places[k].span)}
        self.own = [k for k in self.indices if self._here(k) and self._tells_where(k) and k not in self.speaking]
        self.held.update(dict(self._set_before()))
        self._hand_down()
        self.vague = bool(self.own) and all(self._is_vague(k) for k in self.own)
        self.alone = {k for k in self.indices if self._here(k) and not self._takes_part(k)}
        self.below = {k for k in self.own if any(t.i in self.ours for t in self.parse.ancestors(self.roots[k]))}
        self.exact = {k for k in self.own if self.places[k].precision in ("town", "site")}
        self.meant = set(self._pointed_at())
        self.headline = _headline_end(self.parse.text, self.parse.sentences[0].span.end)

    def options(self) -> list[tuple[int, Features]]:
        """(index of a place, its features), in text order."""
        counts = Counter(p.name.lower() for p in self.places)
        lands = Counter(p.country for p in self.places if p.country)
        last, scene = self._last_before(), self._scene_before()
        found = []
        for k in self.indices:
            features = self._inside(k) if self._here(k) else self._outside(k)
            features.update(self._part(k) if self._takes_part(k) else self._kind(k))
            features.update(self._standing(k))
            features["share of mentions"] = min(counts[self.places[k].name.lower()] / len(self.places), 0.5) * 2
            if lands and self.places[k].country:
                land, most = min(lands.items(), key=lambda pair: (-pair[1], pair[0]))
                features["other country"] = most / lands.total() if self.places[k].country != land else 0.0
            if k == scene:
                features["scene told last" + ("" if self._here(k) else ", not here")] = 1.0
            if k == last:
                features["named last before" if self._here(k) else "named last before, not here"] = 1.0
            found.append((k, features))
        return found

    def _near(self) -> list[int]:
        """The places of the sentences around the event, and those that the report opens with."""
        around = {s + d for s in self.sentences for d in range(-WINDOW, WINDOW + 1)}
        found = {i for s in around for i in self.findings.places_in.get(s, ())}
        return [k for k in sorted(found | set(range(min(WINDOW, len(self.places))))) if not self._is_time(k)]

    def _is_time(self, k: int) -> bool:
        """Whether the name is a month's, or part of a date."""
        span = self.places[k].span
        near = self.findings.times_in.get(self.parse.root_in(span).sentence, ())
        return any(self.findings.times[i].span.contains(span) for i in near)

    def _reporting_verbs(self) -> Iterator[int]:
        """Indices of the words around the event that say that somebody speaks."""
        sentences = {root.sentence for root in self.roots.values()}
        for i in sorted({i for s in sentences for i in self.findings.claims_in.get(s, ())}):
            cue = self.findings.claims[i].cue
            if cue is not None:
                yield from (t.i for t in self.parse.tokens_in(cue))

    def _sentence(self, k: int) -> int:
        return self.roots[k].sentence

    def _here(self, k: int) -> bool:
        return self._sentence(k) in self.sentences

    def _names_actor(self, k: int) -> bool:
        """Whether the place is only part of an actor's name ("the Damascus government")."""
        span = self.places[k].span
        return any(s.contains(span) and len(s) > len(span) for a in self.findings.actors for s in a.mentions)

    def _tells_where(self, k: int) -> bool:
        role = self.roles[k]
        if role.relation == "object":
            return self.aimed
        return role.relation == "where" or (role.relation in ("of", "aim") and role.governor in self.ours)

    def _modifiers(self, k: int) -> set[str]:
        """What the noun that the place hangs on has before it ("a", "the", "two"); empty for an event's word."""
        role = self.roles[k]
        governor = self.parse.tokens[role.governor]
        if governor.pos != "NOUN" or role.relation not in ("where", "of") or governor.i in self.ours:
            return set()
        children = self.parse.children(governor)
        return {"two" if c.dep == "nummod" else c.lower for c in children if c.i < governor.i}

    def _is_unnamed(self, k: int) -> bool:
        """Whether the place only holds something without a name: "a village in Yobe"."""
        return bool(self._modifiers(k) & {"a", "an", "several", "two", "three"})

    def _is_vague(self, k: int) -> bool:
        return self.places[k].precision in COARSE or self.places[k].near or self._is_unnamed(k)

    def _was_said(self, k: int) -> bool:
        """Whether it says where somebody spoke; "shots were heard in Bria" tells of the shots."""
        role = self.roles[k]
        if role.relation != "where" or role.governor not in self.reporting or role.governor in self.ours:
            return False
        below = self.parse.children(self.parse.tokens[role.governor])
        return not any(c.dep == "nsubjpass" and c.i in self.ours for c in below)

    def _takes_part(self, k: int) -> bool:
        """Whether it is named for another reason than to say where: a country that is no adverbial, an actor's
        name, where a speaker spoke."""
        relation = self.roles[k].relation
        if k == self.heading:
            return False
        if self._was_said(k):
            return True
        if k in self.acting and relation not in ("where", "object"):
            return True
        if relation not in ("where", "object", "to") and (k in self.speaking or self._is_home(k)):
            return True
        return relation in SUBJECTS and self.places[k].precision == "country"

    def _is_home(self, k: int) -> bool:
        """Whether somebody is from there or speaks for it: "residents of Goma", "Karim, 24, of Lyon"."""
        role = self.roles[k]
        if role.governor in self.ours:
            return False
        if self.parse.tokens[role.governor].lemma in load_lexicon("where")["people"]["nouns"]:
            return role.relation in ("of", "from", "modifier", "owner") and not self._is_hit(role.governor)
        before = self.parse.tokens[max(self.roots[k].i - 3, 0) : self.roots[k].i]
        return any(t.lower in ("of", "from") and self._follows_comma(t) for t in before)

    def _is_hit(self, i: int) -> bool:
        """Whether a noun is the object of the event's words: "shells hit the hospital of Goma"."""
        role = role_of(self.parse, self.parse.tokens[i])
        return role.relation == "object" and role.governor in self.ours

    def _follows_comma(self, token: Token) -> bool:
        return token.i > 0 and self.parse.tokens[token.i - 1].text == ","

    def _part(self, k: int) -> Features:
        """A name of somebody who acts there."""
        features = {"takes part": 1.0}
        if self._here(k):
            features["takes part here"] = 1.0
        if self.places[k].precision == "country":
            features["takes part: country"] = 1.0
        return features

    def _kind(self, k: int) -> Features:
        place, relation = self.places[k], str(self.roles[k].relation)
        side = "here" if self._here(k) else "before" if self._sentence(k) < self.sentences[0] else "after"
        if relation == "object" and self.roles[k].governor not in self.ours:
            relation = "object of another word"
        says_where = relation in ("where", "object", "object of another word", "other")
        country = ", country" if place.precision == "country" and says_where else ""
        return {
            f"{side}: {place.precision}": 1.0,
            f"{'here' if side == 'here' else 'away'}: {relation}{country}": 1.0,
        }

    def _inside(self, k: int) -> Features:
        """A place in a sentence of the event: how it hangs together with the event's words."""
        root, role = self.roots[k], self.roles[k]
        if self._takes_part(k):
            return {}
        triggers = [self.parse.tokens[m.trigger.token] for m in self.members if m.sentence == root.sentence]
        features = {"words apart": min(min(abs(t.i - root.i) for t in triggers), 40) / 10}
        if k in self.attached:
            plain = role.relation in ("where", "object", "of") or self._is_hit(role.governor)
            features["attached" if plain else f"attached, {role.relation}"] = self.attached[k] / 3
        if role.relation in ("from", "of", "where") and self._is_hit(role.governor):
            features[f"{role.relation}, of those hit"] = 1.0
        if root.sentence == self.main.sentence:
            features["sentence of the main telling"] = 1.0
        if any(t.i < root.i for t in triggers):
            features["after the trigger"] = 1.0
        if any(_clause(self.findings, t).i == _clause(self.findings, root).i for t in triggers):
            features["same clause"] = 1.0
        if role.governor in self.ours and role.relation == "object":
            features["object of the trigger" + (", aimed at" if self.aimed else "")] = 1.0
        over = {a.i for t in triggers for a in self.parse.ancestors(t)}
        if role.governor in over - self.ours:
            features["hangs above the trigger"] = 1.0
        if self.below and k not in self.below:
            features["another is under the trigger"] = 1.0
        above = [root, *self.parse.ancestors(root)]
        stop = next((n for n, t in enumerate(above) if t.i in self.ours), None)
        if stop is not None:
            features["under the trigger"] = 1.0
            features["verbs between"] = min(sum(t.pos in ("VERB", "AUX") for t in above[1:stop]), 3) / 2
            features["nouns between"] = min(sum(t.pos in ("NOUN", "PROPN") for t in above[1:stop]), 4) / 2
        return features

    def _hand_down(self) -> None:
        """What the text ties to the place that only describes another, it ties to that other."""
        for inner, outer in sorted(self.held.items()):
            if outer in self.attached and inner in self.roots and not self._takes_part(inner):
                tie = self.attached[outer]
                self.attached[inner] = max(self.attached.get(inner, tie), tie)

    def _set_before(self) -> Iterator[tuple[int, int]]:
        """(place, the one that holds it) where a sentence opens with a place and goes on to name one in it:
        "In Cali, a bomb went off at the bus station"."""
        for k in self.own:
            root = self.roots[k]
            opens = root.i - self.parse.sentences[root.sentence].first <= OPENING and root.i < max(self.ours)
            opens = opens and not any(a.i in self.ours for a in self.parse.ancestors(root) if a.i < root.i)
            if self.roles[k].relation != "where" or not opens or self.held.get(k) is not None:
                continue
            rest = (j for j in self.own if j > k and self._sentence(j) == root.sentence)
            inner = next((j for j in rest if not self._hangs_on_place(j) and j not in self.held), None)
            if (
                inner is not None
                and rank_of(self.places[inner]) < ORDER["country"]
                and (not self._is_way(inner) or self._is_way(k))
            ):
                yield inner, k

    def _is_way(self, k: int) -> bool:
        return rank_of(self.places[k]) != ORDER[self.places[k].precision]

    def _outside(self, k: int) -> Features:
        """A place in another sentence: how far, and whether it narrows down what the event's own words leave open."""
        sentence, place = self._sentence(k), self.places[k]
        side = "before" if sentence < self.sentences[0] else "after"
        gap = min(abs(sentence - s) for s in self.sentences)
        features = {f"{side}: sentences apart": min(gap, WINDOW) / 4}
        if gap == 1:
            features[f"{side}: next"] = 1.0
        if any(m.definite for m in self.members):
            features[f"{side}: pointing back"] = 1.0
        if self.exact and not self._takes_part(k):
            features[f"{side}: told exactly here"] = 1.0
        low, high = sorted((place.span.start, self.main.trigger.span.start))
        if "\n" in self.parse.text[low:high]:
            features["another paragraph"] = 1.0
        if self.vague and self._fills_in(k) and not self._takes_part(k):
            features[f"fills in, {side}"] = 1.0
            lands = {self.places[j].country for j in self.own}
            if place.country is not None and place.country not in lands:
                features["fills in, another country"] = 1.0
            if self._lies_in_own(k):
                features["fills in, lies there"] = 1.0
            if self._same_things(sentence, place.span):
                features[f"fills in, {side}, same people or things"] = 1.0
        return features

    def _lies_in_own(self, k: int) -> bool:
        """Whether the words put it in the place that the event's own words name ("Kobani in northern Syria")."""
        outer = self.held.get(k)
        return outer is not None and self.places[outer].name.lower() in {self.places[j].name.lower() for j in self.own}

    def _fills_in(self, k: int) -> bool:
        """Whether it is a place of its own standing, and more precise than the coarse ones."""
        relation = self.roles[k].relation
        exact = self.places[k].precision in ("town", "site") and not self._is_unnamed(k)
        return exact and relation in ("where", "object", "of", "aim") and k not in self.speaking

    def _same_things(self, sentence: int, span: Span) -> bool:
        """Whether a sentence speaks again of what the event's sentences name ("the rockets", a person's name)."""
        for token in self.parse.sentence_tokens(self.parse.sentences[sentence]):
            if token.lemma not in self.nouns or span.overlaps(token.span):
                continue
            if token.pos == "PROPN":
                return True
            if token.pos == "NOUN" and any(c.lower in DEFINITE for c in self.parse.children(token)):
                return True
        return False

    def _standing(self, k: int) -> Features:
        """What a place is in the whole report."""
        place, role = self.places[k], self.roles[k]
        people = self.parse.tokens[role.governor].lemma in load_lexicon("where")["people"]["nouns"]
        here = "here" if self._here(k) else "away"
        modifiers = self._modifiers(k)
        inner = [j for j in self.indices if self.held.get(j) == k]
        marks = {
            f"{here}: of something unnamed": self._is_unnamed(k),
            f"{here}: of something known": bool(modifiers & {"the"}) and not self._is_unnamed(k),
            "of people": people and role.relation in ("of", "from", "modifier", "owner"),
            "of people, where": people and role.relation == "where",
            "near": place.near,
            "holds another": bool(inner) and not any(self._sentence(j) == self._sentence(k) for j in inner),
            "holds another here": any(self._sentence(j) == self._sentence(k) for j in inner),
            "coarser than one here": place.precision in COARSE and bool(self.exact - {k}),
            "within another": k in self.held,
            "hangs on another place": self._hangs_on_place(k),
            "of a speaker": k in self.speaking and role.relation != "where",
            "of a speaker, where": k in self.speaking and role.relation == "where",
            "where it was said": self._was_said(k),
            "dateline": place.span.end <= self.dateline,
            "headline": self.dateline < place.span.end <= self.headline,
            "first of the report": k == 0 or self.places[k - 1].span.end <= self.dateline < place.span.end,
            "part of an actor": k in self.acting and self._takes_part(k),
            "part of an actor, where": k in self.acting and not self._takes_part(k),
            "heads its lines": k == self.heading,
            "only place here": self.alone == {k},
            "pointed at": k in self.meant,
            "place of an event before": place.name.lower() in self.told_names,
            "taken by an event before": place.span in self.told_spans,
            "place of the event before": self.before is not None and self.before.lower() == place.name.lower(),
        }
        return {name: 1.0 for name, holds in marks.items() if holds}

    def _heading(self) -> int | None:
        """The place that heads the lines in which the event is told."""
        told = min(m.trigger.span.start for m in self.members)
        before = (k for k in reversed(self.indices) if self.places[k].span.start < told)
        return next((k for k in before if self._is_heading(k)), None)

    def _is_heading(self, k: int) -> bool:
        """Whether a line begins with it and a dash, colon or stop, or it stands alone on one ("2. Bria. Two")."""
        span, text = self.places[k].span, self.parse.text
        if not ITEM.fullmatch(text[: span.start].rpartition("\n")[2]) or span.end <= self.dateline:
            return False
        line = text[span.end : span.end + HEADING].partition("\n")[0].rstrip()
        begins = ITEM.fullmatch(text[self.parse.sentences[self._sentence(k)].span.start : span.start])
        mark = re.search(r"^\. | [-–—] |:" if begins else r" [-–—] |:", line)
        return bool(not line or (mark and mark.start() <= HEADING // 2))

    def _hangs_on_place(self, k: int) -> bool:
        """Whether it only describes another place ("Adra, a suburb of Damascus")."""
        for token in self.parse.ancestors(self.roots[k]):
            if token.i in self.ours:
                return False
            if self.carrier.get(token.i, k) != k:
                return True
        return False

    def _last_before(self) -> int | None:
        """The town or site named last before the event's first word."""
        start = min(m.trigger.span.start for m in self.members)
        outer = set(self.held.values())
        for k in reversed(self.indices):
            place = self.places[k]
            exact = place.precision in ("town", "site", "district") and k not in outer and k not in self.speaking
            if place.span.end <= start and exact and not self._hangs_on_place(k):
                return k
        return None

    def _scene_before(self) -> int | None:
        """The town or site that was last told of as a scene before the event's first word."""
        start = min(m.trigger.span.start for m in self.members)
        for k in reversed(self.indices):
            place, relation = self.places[k], self.roles[k].relation
            exact = place.precision in ("town", "site", "district") and relation in ("where", "object")
            if exact and place.span.end <= start and not self._takes_part(k) and not self._hangs_on_place(k):
                return k
        return None

    def _pointed_at(self) -> Iterator[int]:
        """The places that words at the event point back to: "there", "the town", "the same area"."""
        outer = set(self.held.values())
        for sentence in self.sentences:
            for token in self.parse.sentence_tokens(self.parse.sentences[sentence]):
                kinds = _pointing().get(token.lower)
                if kinds is None or not self._points_back(token, bool(kinds)):
                    continue
                for k in reversed(self.indices):
                    place = self.places[k]
                    known = k not in outer and k not in self.speaking
                    known = known and (place.precision in kinds if kinds else not self._takes_part(k))
                    if known and place.span.end <= token.start:
                        yield k
                        break

    def _points_back(self, token: Token, noun: bool) -> bool:
        """Whether the word stands with the event, and for a place named before."""
        clause = _clause(self.findings, token).i
        triggers = [self.parse.tokens[m.trigger.token] for m in self.members]
        below = any(t.i in self.ours for t in self.parse.ancestors(token))
        if not below and not any(_clause(self.findings, t).i == clause for t in triggers):
            return False
        if not noun:
            return token.dep == "advmod"
        children = self.parse.children(token)
        if not any(c.lower in DEFINITE | {"same"} for c in children):
            return False
        spans = [self.places[i].span for i in self.findings.places_in.get(token.sentence, ())]
        named = any(s.overlaps(token.span) for s in spans)
        named = named or any(
            c.lower == "of" and any(c.end <= s.start <= c.end + OPENING for s in spans) for c in children
        )
        role = role_of(self.parse, token).relation
        return not named and role in ("where", "object", "of", "to", "from")


CLOSED = (".", "!", "?", "”", '"', "…")
"""What a sentence ends with, and a headline does not."""

DEFINITE = frozenset(("the", "this", "that", "these", "those", "his", "her", "their", "both"))


def _headline_end(text: str, first: int) -> int:
    """Where the headline ends: a first line that is no sentence; `first` is the end of the first sentence."""
    line = text.partition("\n")[0].rstrip()
    return 0 if line == text.rstrip() or line.endswith(CLOSED) else min(len(line), first)


def _attached(members: tuple[Candidate, ...]) -> dict[int, float]:
    """How strongly the text ties each place to the event's words; the fullest telling counts most."""
    found: dict[int, float] = {}
    for rank, member in enumerate(members):
        for attached in member.places:
            score = attached.score - LATER * min(rank, 5)
            found[attached.index] = max(found.get(attached.index, score), score)
    return found


def _clause(findings: Findings, token: Token) -> Token:
    """The verb that governs a token, or the token itself."""
    if token.pos in ("VERB", "AUX"):
        return token
    return next((t for t in findings.parse.ancestors(token) if t.pos in ("VERB", "AUX")), token)
