"""``docs/languages.md`` lists the languages that the tables have, with their number."""

import re
from pathlib import Path

import pytest

from warraq_parser.article.dates.month_names import MONTHS
from warraq_parser.article.language_words import SCRIPTS, SHARED, WORDS

ROOT = Path(__file__).parents[3]
SEVERAL = {"latin", "cyrillic", "arabic", "devanagari", "han"}
# Told by single letters, or written with numbers for months, and so in no table.
BY_LETTERS, IN_NUMBERS = {"zh", "yi", "as"}, {"zh", "ja", "ko", "vi"}
# Its months have the names of two calendars, so that they give no date.
AMBIGUOUS = {"ti"}
_OF_SUBTAGS = re.compile(r"[a-z]{2,3}(?:-[a-z]{2})?(?:, [a-z]{2,3}(?:-[a-z]{2})?)*,?")
LISTED = {
    "Told from the text": BY_LETTERS
    | set(WORDS)
    | {name for _, _, name in SCRIPTS if name not in SEVERAL}
    | {language for languages in SHARED.values() for language in languages},
    "Dates in words": IN_NUMBERS | {language for meanings in MONTHS.values() for language in meanings} - AMBIGUOUS,
    "Tried on whole pages": {path.stem for path in (ROOT / "tests/publishers/stories").glob("*.toml")},
}


@pytest.mark.parametrize(("heading", "languages"), LISTED.items())
def test_the_languages_of_a_table_are_those_of_the_page(heading: str, languages: set[str]) -> None:
    text = (ROOT / "docs/languages.md").read_text(encoding="utf-8")
    section = re.search(rf"## {heading} \((\d+)\)\n(.*?)(?=\n## |\Z)", text, re.DOTALL)
    assert section is not None
    lines = [line for line in section[2].splitlines() if _OF_SUBTAGS.fullmatch(line)]
    listed = [subtag for line in lines for subtag in line.strip(",").split(", ")]
    assert sorted(listed) == sorted(languages)
    assert int(section[1]) == len(languages)
