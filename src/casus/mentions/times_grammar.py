"""The grammar of time expressions: patterns over lexeme classes.

A pattern is a template of class names in angle brackets; its named groups are the fields of
an `Expression`. All repeats are bounded, so matching is linear in the length of the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from casus.mentions.times_expressions import Kind
from casus.mentions.times_lexemes import CODE, Lexemes

Candidate = tuple[Kind, re.Match[str]]
"""The kind of a pattern and where it matched, in lexeme indices."""

# Building blocks; each may use the others.
BLOCKS: dict[str, str] = {
    "NUM": "(?:<tens><dash>?<numword>|<tens>|<numword>|<day>|<number>|<year>)<hundred>?",
    "COUNT": "(?P<count><article>?<vague><of>?|<article>|<NUM>)",
    "SOME": "(?P<count><vague><of>?|<NUM>)",
    "MONTH": "(?:<month>|<maymonth>)<dot>?",
    "MON": "(?P<month><month>|<maymonth>)<dot>?",
    "DAY": "(?:<day>|<ordinal>)",
    "DOM": "(?P<day><day>|<ordinal>)",
    "UNIT": "(?P<unit><subday>|<dayunit>|<night>|<week>|<weekend>|<monthunit>|<quarter>|<yearunit>|<longunit>)",
    "UNITS": "(?:<subday>|<dayunit>|<night>|<week>|<weekend>|<monthunit>|<quarter>|<yearunit>|<longunit>)",
    "LONG": "(?P<unit><dayunit>|<week>|<monthunit>|<yearunit>|<longunit>)",
    "ANYREL": "(?P<rel><last>|<past>|<previous>|<next>|<following>|<this>|<that>|<these>|<those>|<same>)",
    "REL": "(?:(?:<this>|<that>)?<ANYREL>)",
    "YEARREL": "<of>?<the>?(?P<year_rel><last>|<past>|<previous>|<next>|<following>|<this>|<that>|<same>)<yearunit>",
    "BC": "(?P<number><day>|<number>|<year>)(?P<era><bc>)",
    "YEAR": "(?:(?P<year><year>)|<BC>)",
    "INYEAR": "(?:(?:<comma>|<of>)?<the>?<YEAR>|(?:<YEARREL>))",
    "MODWORD": "(?P<mod><early>|<late>|<mid>|(?:<start>|<end>)(?!<in>)|<earlier>|<later>)",
    "LATELY": "(?P<mod><early>|<late>|<earlier>|<later>)",
    "MOD": "(?:<the>?<MODWORD>(?:<dash>|<of>|<in>)?<the>?)?",
    "DAYMOD": "(?:<LATELY>(?:<on>|<of>)?)?",
    "PART": "(?:<early>?(?P<part><part>|<night>|<clock>|<overnight>|<CLOCKLIKE>)<subday>?|<SMALLHOURS>)",
    # "at 7.25 on Thursday"
    "CLOCKLIKE": "(?<=<at>|<lead>|<after>|<before>)<decimal>(?=<on><weekday>)",
    "SMALLHOURS": "(?P<small_hours><small>|<early>)<subday>",
    "UPTO": "(?:<JOIN>(?P<last_day><day>|<ordinal>))",
    "PRE": "(?:<the>?<PART><comma>?(?:<of>|<on>|<in>|<from>)?<the>?)?",
    "POST": "(?P<post><part>|<night>|<clock>)?",
    "WD": "(?:<this>?(?P<weekday><weekday>|<weekabbr><dot>?)(?P<noon><part>|<night>)?(?:<comma>|<of>|<open>)?<the>?)?",
    "FEAST": "(?P<feast><feast>)(?P<eve><eve>|<dayunit>)?",
    "HIJRI": "(?:<the>?<other>?<other>?<monthunit><of>)?(?P<feast><hijri>)",
    "FEASTYEAR": "(?:(?:<comma>|<of>)?(?P<year><year>)<ah>?|<YEARREL>)",
    "JOIN": "(?:<dash>|<to>|<and>|<slashmark>)<the>?",
    # The first three months of …; the last week of …; the second half of …
    "NTH": "<the>?(?P<nth><ordword>|<ordinal>|<last>|<final>|<start>|<early>)(?P<nth_count><vague>|<NUM>)?<dash>?"
    "(?P<nth_unit><dayunit>|<week>|<weekend>|<monthunit>|<half>|<weekday>)<of><the>?",
    "WEEKOF": "<the>?<week>(?P<weekof><of>|<edge>|<start>|<to>)",
    # "26 June – 4 August 1952": the year of the first date stands at the second.
    "AHEAD": "(?=<JOIN>(?:<DAY><of>?)?(?P<to_month><month>|<maymonth>)<dot>?(?:<DAY><comma>?)?(?P<to_year><year>))",
}

PATTERNS: tuple[tuple[Kind, str], ...] = (
    # June 16, 2022; Thursday morning, 9 July; June 12-14; 21 December last year
    ("calendar", "<PRE><WD><DAYMOD><MON><the>?<DOM><UPTO>?(?:<INYEAR>|<AHEAD>)?<POST>"),
    ("calendar", "<PRE><WD><DAYMOD><the>?<DOM><of>?<MON>(?:<INYEAR>|<AHEAD>)?<POST>"),
    ("calendar", "<PRE><WD><DOM><MON>(?P<year2><day>|<number>)"),
    ("calendar", "<PRE><WD><the>?<DOM>(?=<JOIN>(?P<last_day><day>|<ordinal>)<of>?<MON><INYEAR>?)"),
    ("calendar", "<the>?(?P<day><ordword>)<of><MON><INYEAR>?"),
    ("calendar", "<PRE><WD><the>?<DOM><of><ANYREL><monthunit>"),
    ("calendar", "<PRE><WD><the><DOM>(?!<straight>?<dash>?<UNITS>)"),
    # 12, 13 and 14 June; the week of 12 June
    ("calendar", "<PRE><WD><the>?<DOM>(?=(?:<comma><the>?<DAY>){1,4}<comma>?<and><the>?<DAY><of>?<MON><INYEAR>?)"),
    ("calendar", "<WEEKOF><WD><MON><the>?<DOM><INYEAR>?"),
    ("calendar", "<WEEKOF><WD><the>?<DOM><of>?<MON><INYEAR>?"),
    # the first week of May; the second half of 2014; the first six months of the year
    ("calendar", "<NTH><MOD><MON><INYEAR>?"),
    ("calendar", "<NTH>(?P<year><year>)"),
    ("relative", "<NTH><ANYREL>?(?P<unit><monthunit>|<yearunit>)"),
    # mid-June 2015; October last year; last July; that May
    ("calendar", "<MOD><MON>(?:<INYEAR>|<AHEAD>)"),
    ("calendar", "<MOD><REL>?<MON>"),
    ("calendar", "<MON>"),
    ("calendar", "<MOD><the>?(?P<season><season>)(?=<JOIN>(?:<early>|<late>|<mid>)?<season><of>?<the>?<YEAR>)"),
    ("calendar", "<MOD><the>?<MOD2>?<REL>?(?P<season><season>)<INYEAR>?"),
    ("calendar", "<MOD><the>?(?P<quarter><ordword>|<ordinal>|<last>|<final>)<quarter>(?:<of>?<YEAR>|(?:<YEARREL>))?"),
    ("calendar", "(?P<period><period>)(?:<of>|<comma>|<dash>|<apostrophe>)?<YEAR>"),
    ("calendar", "<MOD><BC>"),
    ("calendar", "(?P<number><day>|<number>|<year>)(?=<JOIN>(?:<day>|<number>|<year>)(?P<era><bc>))"),
    ("calendar", "<MOD><the>?<yearunit>?(?P<year><year>)(?:(?:<dash>|<slashmark>)(?P<last_year><day>|<number>))?"),
    ("calendar", "<MOD><the>?<MOD2>?(?P<decade><decade>)(?P<era><bc>)?"),
    ("calendar", "(?:<the>?<MODWORD><dash>?|<the>)(?P<decade><shortdecade>)"),
    ("calendar", "<MOD><the>?(?P<century><ordinal>|<ordword>)<dash>?<longunit>(?P<era><bc>)?"),
    # last Ramadan; the third day of Eid al-Fitr; 12 Rajab 1435; the eve of Passover
    ("feast", "<MOD>(?P<rel><last>|<this>|<next>|<past>|<that>)?<FEAST><FEASTYEAR>?"),
    ("feast", "<MOD>(?P<rel><last>|<this>|<next>|<past>|<that>)?<HIJRI><FEASTYEAR>?"),
    ("feast", "<the>?(?P<eve><eve>)<of><the>?(?:(?P<feast><feast>)|<HIJRI2>)<FEASTYEAR>?"),
    ("feast", "<NTH>(?P<feast><feast>)<FEASTYEAR>?"),
    ("feast", "<NTH><HIJRI><FEASTYEAR>?"),
    ("feast", "<PRE><WD><the>?<DOM><of>?<HIJRI><FEASTYEAR>?"),
    ("feast", "<WD>(?P<feast><hijri>)<DOM><FEASTYEAR>?"),
    ("calendar", "(?P<newyear><new><yearunit>)<apostrophe>?<genitive>?(?P<eve><eve>|<dayunit>)"),
    ("iso", "<PRE><WD>(?P<iso><iso>|<slash>)<POST>"),
    # late on Monday; last Friday; Tuesday the 9th; Monday of last week; the Monday before last
    ("weekday", "<PRE><DAYMOD>(?:<the>?<ANYREL>|<the>)?(?P<weekday><weekday>)<POST>"
                "(?:<of>?(?P<week_rel><last>|<this>|<next>|<that>)<week>)?"),
    ("weekday", "<PRE>(?P<weekday><weekday>)<POST>"),
    ("weekday", "<the>(?P<weekday><weekday>)(?P<week_rel><before>)<last>"),
    ("relday", "(?:<the>(?P<unit><dayunit>)(?P<rel><before>|<after>))?<PRE><DAYMOD>(?P<relday><relday>)<POST>"),
    ("relday", "(?P<overnight><overnight>)"),
    # two weeks ago; seven years ago today; years from now
    ("shift", "<COUNT><UNIT>(?P<rel><ago>)(?P<today><relday>)?"),
    ("shift", "(?P<unit><dayunit>|<week>|<monthunit>|<yearunit>|<subday>|<longunit>)(?P<rel><ago>)"),
    ("shift", "<COUNT>?<UNIT><from>(?P<rel><now>)"),
    ("shift", "<COUNT><UNIT>(?P<rel><later>|<earlier>|<after>|<before>)(?:<FEAST>)?"),
    ("shift", "(?P<unit><subday>|<dayunit>|<week>|<monthunit>|<yearunit>)(?P<rel><later>|<earlier>)"),
    ("shift", "(?P<unit><subday>|<dayunit>|<week>|<monthunit>)(?P<rel><after>|<before>)"),
    ("shift", "<the>(?P<unit><dayunit>|<night>|<week>|<monthunit>|<yearunit>)(?P<rel><before>|<after>)"
              "(?:<FEAST>)?"),
    ("shift", "<the>(?P<eve><eve>)(?=<of>)"),
    ("shift", "<the>(?P<post><part>)(?P<rel><before>|<after>)"),
    # last week; the past 36 hours; that morning; early the next year
    ("relative", "<MOD><the>?<REL><SOME>?<UNIT><POST>"),
    ("relative", "<MOD><the>?<REL>(?P<post><part>)"),
    ("relative", "<the>?<MODWORD>(?:<of>|<in>)<ANYREL><UNIT>"),
    ("relative", "<the>?<MODWORD>(?:<of>|<in>|<on>)<the><LONG>"),
    ("relative", "<the>?<LONG><apostrophe><genitive>(?P<mod><start>|<end>)"),
    ("relative", "(?P<rel><recent>)<LONG>"),
    ("relative", "<the>(?P<unit><weekend>)"),
    ("duration", "<COUNT><more>?<dash>?<UNIT>(?:<dash>?<long>)?"),
    ("duration", "(?P<unit><subday>|<dayunit>|<week>|<monthunit>|<yearunit>|<longunit>)(?:<dash><long>)?"),
    ("set", "(?P<every><every>)(?:<COUNT>)?<UNIT>"),
    ("set", "(?P<every><every>)(?P<weekday><weekday>)"),
    ("set", "(?P<set><set>)"),
    ("part", "(?:<the>|<article>)?<early>?(?P<post><part>|<clock>|<night>)"),
    ("part", "(?P<post><decimal>)"),
    # the third day of the siege; a fifth straight day; since then
    ("reckoned", "(?:<the>|<article>)?(?P<nth><ordword>|<ordinal>)<straight>?<dash>?"
                 "(?P<nth_unit><dayunit>|<night>|<week>|<monthunit>|<yearunit>)"),
    ("then", "(?P<then><since>)<then>|<ever>(?P<then2><since>)"),
    ("now", "(?P<now><now>)"),
    ("recent", "(?P<recent><recently>|<recent>)"),
)  # fmt: skip

BLOCKS["HIJRI2"] = "(?:<other>?<other>?<monthunit><of>)?(?P<feast2><hijri>)"
BLOCKS["MOD2"] = "(?:<mid>|<early>|<late>|<start>|<end>)"


def _expand(template: str) -> str:
    """The template as a regular expression over class codes."""

    def block(match: re.Match[str]) -> str:
        name = match.group(1)
        return _expand(BLOCKS[name]) if name in BLOCKS else CODE[name]

    return re.sub(r"(?<!\?P)<(\w+)>", block, template)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(_expand(template))) for kind, template in PATTERNS)


def candidates(lexemes: Lexemes) -> list[Candidate]:
    """What may be time expressions, leftmost first, the longest first among equals; they may overlap."""
    found = [
        (match.start(), -match.end(), rank, kind, match)
        for rank, (kind, pattern) in enumerate(_patterns())
        for match in pattern.finditer(lexemes.classes)
    ]
    found.sort(key=lambda item: item[:3])
    return [(kind, match) for _, _, _, kind, match in found]
