"""What happened to them: words for outcomes, and whom the grammar makes them happen to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from casus.knowledge.lexicon import load_lexicon
from casus.mentions.figures_people import first_joined, nature
from casus.records.figure import Outcome
from casus.records.parse import Parse, Token

SECTIONS = (
    "killed",
    "injured",
    "detained",
    "abducted",
    "missing",
    "escaped",
    "released",
    "displaced",
    "surrendered",
    "casualties",
    "custody",
    "captivity",
)
RELATIVES = frozenset(("who", "whom", "that", "which"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
OBJECTS = frozenset(("dobj", "obj", "dative"))
CHAIN = 12
"""Steps along joined verbs at most: "were stopped, searched, beaten and killed"; hostile text has thousands."""
DEADLY_REACH = 12
"""Tokens from "shot" to "dead" at most: "shot the mayor, Omar Haddad, and his driver dead"."""
WHO_REACH = 12
"""Tokens from people to the noun before "who" at most."""
DAY_PARTS = frozenset(("morning", "afternoon", "evening", "night", "later", "earlier"))
DATE_REACH = 10
"""Tokens from "death" over a date to its "of" at most."""
PHRASE_REACH = 6
"""Tokens from a verb to the last word of its phrase: "shot the old miller dead"."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word for an outcome. `affected` is object, subject, lives, event or state; `loose` holds
    where only a sure noun for people will do; `last` is the last token of a phrase;
    `armed` tells that armed people other than the state's take people."""

    token: int
    outcome: str
    affected: str
    loose: bool
    last: int
    armed: bool = False


@dataclass(frozen=True, slots=True)
class _Sense:
    outcome: str
    affected: str
    loose: bool
    words: tuple[str, ...] = ()


@cache
def _verbs() -> Mapping[str, tuple[_Sense, ...]]:
    """Verb form → senses, those with more words first."""
    table = load_lexicon("outcomes")
    senses: dict[str, list[_Sense]] = {}
    for outcome in SECTIONS:
        for key in ("object", "subject", "loose_object", "loose_subject"):
            for verb in table.get(outcome, {}).get(key, "").split():
                _enter(senses, verb, _sense(outcome, key))
        for key, phrases in table["phrases"].get(outcome, {}).items():
            for phrase in phrases:
                verb, *words = phrase.split()
                _enter(senses, verb, replace(_sense(outcome, key), words=tuple(words)))
    return {form: tuple(sorted(found, key=lambda s: -len(s.words))) for form, found in senses.items()}


def _sense(outcome: str, key: str) -> _Sense:
    return _Sense(outcome, key.removeprefix("loose_"), key.startswith("loose_"))


def _enter(senses: dict[str, list[_Sense]], verb: str, sense: _Sense) -> None:
    for form in _forms(verb):
        senses.setdefault(form, []).append(sense)


def _forms(verb: str) -> set[str]:
    """The forms of a verb: regular ones by rule, irregular ones from the table."""
    irregular: Mapping[str, list[str]] = load_lexicon("outcomes")["irregular"]
    stem = verb[:-1] if verb.endswith("e") else verb
    past = verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeiou" else stem + "ed"
    third = verb + "es" if verb.endswith(("sh", "ch", "ss", "x")) else verb + "s"
    forms = {verb, past, stem + "ing", third, *irregular.get(verb, ())}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        forms |= {verb[:-1] + "ies"}
    return forms


@cache
def _words(key: str) -> Mapping[str, str]:
    """Noun or adjective → outcome, singular and plural."""
    table = load_lexicon("outcomes")
    found: dict[str, str] = {}
    for outcome in SECTIONS:
        for word in table.get(outcome, {}).get(key, "").split():
            plural = word[:-1] + "ies" if word.endswith("y") else word + ("es" if word.endswith("ss") else "s")
            found[word] = found[plural] = outcome
    return found


def state_outcome(token: Token) -> str | None:
    """The outcome that a word for people in a state tells ("dead", "wounded", "body")."""
    return _words("states").get(token.lower)


def event_outcome(token: Token) -> str | None:
    """The outcome that a noun for a happening tells ("death", "arrests")."""
    return _words("events").get(token.lower) if token.pos in ("NOUN", "PROPN", "VERB") else None


def verb_outcomes(token: Token) -> tuple[str, ...]:
    """The outcomes that a verb form tells by itself and surely ("hurt", "killed")."""
    return tuple(
        s.outcome for s in _verbs().get(token.lower, ()) if not s.words and not s.loose and s.affected == "object"
    )


def find_triggers(parse: Parse) -> tuple[Trigger, ...]:
    """All words for outcomes, in text order."""
    found: list[Trigger] = []
    for token in parse.tokens:
        trigger = _trigger_at(parse, token)
        if trigger is not None and not any(f.last == token.i for f in found[-3:]):
            found.append(trigger)
    return tuple(_told_apart(parse, found))


def _trigger_at(parse: Parse, token: Token) -> Trigger | None:
    if token.pos in ("VERB", "AUX", "ADJ", "PROPN", "NOUN"):
        for sense in _verbs().get(token.lower, ()):
            last = _phrase_end(parse, token, sense.words)
            if last is None or (token.pos == "NOUN" and not _verbal(parse, token)) or _mistaken(parse, token):
                continue
            return Trigger(token.i, sense.outcome, sense.affected, sense.loose, last)
    state = state_outcome(token)
    if state is not None:
        return Trigger(token.i, state, "state", False, token.i)
    event = event_outcome(token)
    return Trigger(token.i, event, "event", False, token.i) if event else None


def _mistaken(parse: Parse, token: Token) -> bool:
    """ "was taken for a spy"."""
    following = parse.tokens[token.i + 1 : token.i + 4]
    if token.lemma != "take" or not following or following[0].lower != "for":
        return False
    return any(nature(t) not in (None, "thing") for t in following[1:])


def _verbal(parse: Parse, token: Token) -> bool:
    """Whether a word tagged as a noun is a verb after all: by its form, or by an object of its own."""
    if any(c.dep == "dobj" for c in parse.children(token)):
        return True
    return token.lower.endswith(("ed", "ing")) and token.lower not in _words("events")


def _phrase_end(parse: Parse, verb: Token, words: tuple[str, ...]) -> int | None:
    """The last token of a verb's phrase, the verb itself if it has no other words; None if they are not there."""
    at = verb.i
    reach = 3 if verb.lemma in ("be", "remain", "have") else PHRASE_REACH
    reach = DEADLY_REACH if words == ("dead",) else reach
    for word in words:
        stop = min(at + 1 + reach, len(parse.tokens))
        hit = next((j for j in range(at + 1, stop) if _is_word(verb, parse.tokens[j], word)), None)
        if hit is None or parse.tokens[hit].sentence != verb.sentence:
            return None
        if any(_breaks(t) for t in parse.tokens[at + 1 : hit]):
            return None
        at = hit
    return at


def _is_word(verb: Token, token: Token, word: str) -> bool:
    """Whether a token is a word of a phrase, in any form; "had been wounded" has no wound."""
    if token.lower == word:
        return True
    return token.lemma == word and not (verb.lemma in ("have", "be") and token.tag in ("VBN", "VBD"))


def _breaks(token: Token) -> bool:
    """Whether a word shows that the words after it are no longer the verb's phrase."""
    return token.text in ";:" or token.dep == "neg" or token.lower == "but" or token.tag in ("VBD", "VBZ", "VBP")


def _told_apart(parse: Parse, found: list[Trigger]) -> list[Trigger]:
    """Join "killed or wounded" to casualties; drop "shot" where "killed" or "injured" goes on."""
    kept: list[Trigger] = []
    for trigger in found:
        before = kept[-1] if kept else None
        if before is not None and _coordinated(parse, before, trigger):
            outcomes = {before.outcome, trigger.outcome}
            if outcomes == {"killed", "injured"} and (before.loose or trigger.loose):
                # "tortured and killed" tells one outcome, the graver.
                kept[-1] = before if before.outcome == "killed" else trigger
                continue
            if outcomes == {"killed", "injured"}:
                kept[-1] = replace(before, outcome="casualties", last=trigger.last)
                continue
            if before.outcome == "casualties" and trigger.outcome in ("killed", "injured"):
                kept[-1] = trigger
                continue
        kept.append(trigger)
    return kept


def _coordinated(parse: Parse, one: Trigger, two: Trigger) -> bool:
    between = parse.tokens[one.last + 1 : two.token]
    joins = [t for t in between if t.lower in ("or", "and", "/")]
    return len(joins) == 1 and all(t.pos in ("CCONJ", "ADV", "PUNCT", "AUX", "SYM") and t.text != "," for t in between)


def affected_by(parse: Parse, trigger: Trigger) -> tuple[Token, ...]:
    """The tokens that head whom the outcome befell, by the tree; empty if it does not tell."""
    token = parse.tokens[trigger.token]
    behind = [c for c in parse.children(parse.tokens[trigger.last]) if c.dep in ("pobj", "npadvmod")]
    if parse.tokens[trigger.last].pos == "ADP" and trigger.affected == "object" and behind:
        return tuple(behind)
    if trigger.affected == "event":
        return _of(parse, token) or (
            _owner(parse, token) if trigger.outcome == "killed" and token.lemma != "death" else ()
        )
    if trigger.affected == "state":
        return _of(parse, token) or _in_state(parse, token)
    if trigger.affected == "lives":
        return _lives(parse, token)
    if token.pos == "NOUN" and token.lower.endswith("ing") and trigger.affected == "object" and not trigger.loose:
        named = _of(parse, parse.tokens[trigger.last]) or _of(parse, token)
        if named:
            return named
    nodes = _subject(parse, token) if trigger.affected == "subject" else _object(parse, token)
    return _resolved(parse, token, (*_listed_before(parse, nodes), *nodes))


def told_along(parse: Parse, verb: Token, nodes: Sequence[Token]) -> tuple[Token, ...]:
    """Those told with the others: "were killed along with two guards", "was seized alongside a nurse"."""
    preps = [
        c
        for at in (verb, *nodes)
        for c in parse.children(at)
        if c.dep == "prep" and nodes and (c.i > verb.i or c.lower in ("along", "together", "alongside"))
    ]
    joining = [
        c
        for c in preps
        if c.lower == "alongside" or (c.lower == "with" and parse.tokens[c.i - 1].lower in ("along", "together"))
    ]
    for prep in preps:
        if prep.lower in ("along", "together"):
            joining += [c for c in parse.children(prep) if c.lower == "with"]
    found = [p for c in joining for p in parse.children(c) if p.dep == "pobj" and p not in nodes]
    if nodes and nodes[-1].i > verb.i:
        # "arrested a baker and between two and five clerks", joined to the verb by the tree
        joined = [c for c in parse.children(verb) if c.dep == "conj" and c.i > nodes[-1].i]
        found += [n for c in joined for n in (c, *(parse.children(c) if c.pos == "ADP" else ())) if n.pos == "NUM"]
    return tuple(found)


def _listed_before(parse: Parse, nodes: Sequence[Token]) -> tuple[Token, ...]:
    """The first person of a list that the tree hangs on the verb: "a boy, his mother and a driver died"."""
    if not nodes:
        return ()
    siblings = parse.children(parse.head(nodes[0]))
    return tuple(
        c
        for c in siblings
        if c.dep == "npadvmod"
        and c.i < nodes[0].i
        and parse.tokens[c.i + 1].text == ","
        and nature(c) not in (None, "thing")
    )


def _resolved(parse: Parse, verb: Token, nodes: tuple[Token, ...]) -> tuple[Token, ...]:
    """Put the noun in the place of a relative pronoun."""
    return tuple(_antecedent(parse, verb, n) if n.lower in RELATIVES else n for n in nodes)


def _antecedent(parse: Parse, verb: Token, pronoun: Token) -> Token:
    for above in (verb, *parse.ancestors(verb)):
        if above.dep == "relcl":
            return _person_before(parse, parse.head(above), pronoun)
    return pronoun


def _person_before(parse: Parse, noun: Token, pronoun: Token) -> Token:
    """The people that "who" means where the tree ties it to a thing, a place or a part: "58 people
    from the town who were shot", "58 people, six of them nurses, who were shot"."""
    part = noun.dep == "appos" and parse.head(noun).pos == "NUM"
    named = noun.pos == "PROPN" and noun.entity not in ("GPE", "LOC", "FAC")
    people = noun.pos == "NUM" or nature(noun) not in (None, "thing")
    if pronoun.lower not in ("who", "whom") or (not part and (named or people)):
        return noun
    for token in reversed(parse.tokens[max(0, noun.i - WHO_REACH) : noun.i]):
        if token.sentence != noun.sentence or token.pos == "VERB":
            break
        if token.tag == "NNS" and nature(token) not in (None, "thing"):
            return token
    return noun


def _with_dep(parse: Parse, token: Token, deps: frozenset[str]) -> tuple[Token, ...]:
    return tuple(c for c in parse.children(token) if c.dep in deps)


def is_passive(parse: Parse, verb: Token) -> bool:
    """Whether a verb stands in the passive, by its auxiliaries or its subject."""
    return any(c.dep in ("auxpass", "nsubjpass") for c in parse.children(verb))


def _object(parse: Parse, verb: Token) -> tuple[Token, ...]:
    """Whom a verb is done to."""
    objects = _with_dep(parse, verb, OBJECTS)
    subjects = _with_dep(parse, verb, SUBJECTS)
    if objects and not is_passive(parse, verb):
        return objects
    if is_passive(parse, verb) and subjects:
        return subjects
    if verb.dep in ("acl", "amod") and verb.tag in ("VBN", "VBD", "JJ") and not subjects:
        return (_left(parse, parse.head(verb)),)
    if verb.dep == "conj":
        shared = _shared_voice(parse, verb)
        if shared:
            return shared
    later = [o for c in parse.children(verb) if c.dep == "conj" for o in _with_dep(parse, c, OBJECTS)]
    if later and not is_passive(parse, verb):
        return tuple(later)
    if is_passive(parse, verb) and verb.dep == "conj":
        return _subject(parse, parse.head(verb))
    gap = _gap(parse, verb)
    if gap:
        return gap
    if subjects:
        return subjects if is_participle(verb) else ()
    return _raised(parse, verb)


def _gap(parse: Parse, verb: Token) -> tuple[Token, ...]:
    """The noun whose clause leaves out the object: "the men it killed", "the two it is said to have drowned"."""
    if is_passive(parse, verb) or verb.lemma in ("hold", "keep"):
        return ()
    above = verb
    for _ in range(CHAIN):
        if above.dep not in ("xcomp", "ccomp"):
            break
        above = parse.head(above)
    subjects = _with_dep(parse, above, SUBJECTS)
    gapped = above.dep == "relcl" and subjects and not any(s.lower in RELATIVES for s in subjects)
    return (parse.head(above),) if gapped else ()


def _left(parse: Parse, noun: Token) -> Token:
    """The first of those joined in "leaving two cooks and a porter injured", else the noun."""
    first = first_joined(parse, noun)
    return first if parse.head(first).lemma == "leave" else noun


@cache
def _irregular_forms() -> frozenset[str]:
    table: Mapping[str, list[str]] = load_lexicon("outcomes")["irregular"]
    return frozenset(form for forms in table.values() for form in forms if not form.endswith("ing"))


def is_participle(verb: Token) -> bool:
    """Whether a form can be a past participle, whatever the tagger says of a headline ("4 hurt")."""
    return verb.tag in ("VBN", "VBD") or verb.lower.endswith("ed") or verb.lower in _irregular_forms()


def _shared_voice(parse: Parse, verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """The subject of a passive that this participle goes on with: "were beaten and killed"."""
    head = parse.head(verb)
    if verb.tag == "VBG" or _with_dep(parse, verb, SUBJECTS):
        return ()
    if is_passive(parse, head):
        return _with_dep(parse, head, SUBJECTS)
    if head.dep in ("acl", "amod") and head.tag == verb.tag:
        return (parse.head(head),)
    return _shared_voice(parse, head, depth + 1) if head.dep == "conj" and depth < CHAIN else ()


def _subject(parse: Parse, verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """Whom a verb happens to."""
    subjects = tuple(s for s in _with_dep(parse, verb, SUBJECTS) if s.i < verb.i)
    if subjects:
        return subjects
    if verb.dep in ("acl", "amod"):
        return (parse.head(verb),)
    if depth >= CHAIN:
        return ()
    if verb.dep in ("conj", "advcl") and verb.head != verb.i:
        return _subject(parse, parse.head(verb), depth + 1)
    return _raised(parse, verb, depth + 1)


def _raised(parse: Parse, verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """Subject from above: "are thought to have been killed", "was found dead", "left three dead"."""
    head = parse.head(verb)
    if verb.dep not in ("xcomp", "ccomp", "oprd", "acomp", "attr") or head.i == verb.i:
        return ()
    objects = _with_dep(parse, head, OBJECTS)
    if objects and not is_passive(parse, head):
        return objects
    subjects = _with_dep(parse, head, SUBJECTS)
    if not subjects and head.dep in ("conj", "xcomp"):
        return _subject(parse, head, depth + 1)
    return subjects


def _in_state(parse: Parse, token: Token, depth: int = 0) -> tuple[Token, ...]:
    """Who is in a state: "were missing", "three dead civilians", "two cooks were among the dead"."""
    head = parse.head(token)
    subjects = _with_dep(parse, token, SUBJECTS)
    if subjects:
        return subjects
    if token.dep == "nsubj" and head.lemma == "be" and (token.tag == "NNS" or token.lower == "dead"):
        # "the dead were two farmers"
        told = tuple(c for c in parse.children(head) if c.dep == "attr")
        if told:
            return told
    if token.dep in ("amod", "acl"):
        return (_left(parse, head),)
    if token.dep == "pobj" and head.lower == "among" and parse.head(head).lemma == "be":
        return tuple(c for c in parse.children(parse.head(head)) if c.dep in ("nsubj", "attr"))
    if token.dep == "conj" and head.dep in ("acomp", "amod", "oprd") and depth < CHAIN:
        return _in_state(parse, head, depth + 1)
    return _resolved(parse, token, _raised(parse, token))


def _of(parse: Parse, noun: Token) -> tuple[Token, ...]:
    """The people in "the killing of X", "injuries to X"."""
    preps = [c for c in parse.children(noun) if c.dep == "prep" and c.lower in ("of", "to", "among", "for")]
    preps = preps or _of_over_date(parse, noun)
    return tuple(p for c in preps for p in parse.children(c) if p.dep == "pobj")


def _of_over_date(parse: Parse, noun: Token) -> list[Token]:
    """The "of" that the tree hangs on a date in between: "the death on Tuesday night of Omar Haddad"."""
    for token in parse.tokens[noun.i + 1 : noun.i + 1 + DATE_REACH]:
        if token.sentence != noun.sentence or token.pos in ("VERB", "AUX") or token.text in ",;":
            break
        if token.lower == "of":
            over = parse.head(token)
            return [token] if over.entity in ("DATE", "TIME") or over.lemma in DAY_PARTS else []
    return []


def _owner(parse: Parse, noun: Token) -> tuple[Token, ...]:
    """The person in "his death", "Karim Haddad's killing"."""
    return tuple(c for c in parse.children(noun) if c.dep == "poss")


def _lives(parse: Parse, verb: Token) -> tuple[Token, ...]:
    """The people in "claimed the lives of 12 people", or the lives themselves in "claimed 12 lives"."""
    lives = [o for o in _with_dep(parse, verb, OBJECTS) if o.lemma in ("life", "live")]
    return tuple(p for life in lives for p in (_of(parse, life) or (life,)))


def outcome_of(trigger: Trigger, people: Token | None = None) -> Outcome:
    """The outcome, with custody told from abduction by who is taken (codebook 2.1): fighters are
    captured, whoever captures them. Who takes them is settled before, in `figures_custody`."""
    if trigger.outcome not in ("custody", "captivity"):
        return as_outcome(trigger.outcome)
    if people is not None and nature(people) in ("combatants", "detainees"):
        return "detained"
    return "detained" if trigger.outcome == "captivity" else "abducted"


def as_outcome(name: str) -> Outcome:
    """A name from the lexicon as a value of the codebook."""
    return cast(Outcome, name)


@cache
def _forms_of(key: str) -> frozenset[str]:
    return frozenset(form for verb in load_lexicon("outcomes")["context"][key] for form in _forms(verb))


def counted_only(token: Token) -> bool:
    """Whether a verb means its outcome only for a number of people ("took 12 villagers", not "took him")."""
    return token.lower in _forms_of("counted")


def needs_crowd(token: Token) -> bool:
    """Whether a verb of movement means displacement only for many ("8,000 people left")."""
    return token.lower in _forms_of("moving")
