"""Site rules from a file: where the pure reader of rules meets the disk."""

from collections.abc import Iterator
from pathlib import Path

from warraq_parser.rules import SiteRules, read_rules
from warraq_parser.saved_pages import read_page_file
from warraq_shared.errors import UsageProblem, WarraqError
from warraq_shared.settings import Settings


def rules_text(path: Path) -> str:
    """Return the text of a rule file that holds what it should.

    Raises:
        NotFound: there is no such file.
        UsageProblem: it is not UTF-8, or no rule file (``RuleProblem``, with line and key).
    """
    try:
        text = read_page_file(path).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UsageProblem(f"{path} is not UTF-8.") from problem
    read_rules(text, str(path))
    return text


def read_rules_file(path: Path | None) -> tuple[SiteRules, ...]:
    """Return the rules in a file; none where no file is configured. Raises as ``rules_text``."""
    return read_rules(rules_text(path), str(path)) if path else ()


def require_rules(settings: Settings) -> None:
    """Do nothing if the configured rules can be read (group ``warraq.require``); a parser without them must not start.

    Raises:
        NotFound, UsageProblem: as ``rules_text``, and which setting to look at.
    """
    try:
        read_rules_file(settings.rules_file)
    except WarraqError as problem:
        raise type(problem)(f"WARRAQ_RULES_FILE cannot be used: {problem}") from problem


def examine_rules(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield what ``warraq doctor`` says of the site rules (group ``warraq.doctor``)."""
    if settings.rules_file is None:
        return
    try:
        rules = read_rules_file(settings.rules_file)
    except WarraqError as problem:
        yield "bad", "site rules", str(problem)
    else:
        yield "ok", "site rules", f"{settings.rules_file}: {len(rules)} [[site]] tables"
