"""Sources as a YAML file that people write: checked whole before anything is kept, every problem by its line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from warraq_shared.errors import NotReady, UsageProblem, WarraqError
from warraq_shared.messages import FetchPolicy
from warraq_store.sources import every, fetch_policy, own_rules
from warraq_store.sources.paging import MOST_PAGES
from warraq_store.sources.wish import PolledPage, SourceWish

MOST_BYTES: Final = 50 * 1024 * 1024
_MOST_PROBLEMS: Final = 20
_MOST_DEPTH: Final = 50
_MOST_NODES: Final = 5_000_000


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Page(_Strict):
    """One polled page of a source: exactly one of the three."""

    feed: str | None = None
    sitemap: str | None = None
    section: str | None = None

    def polled(self) -> PolledPage:
        given = {role: url for role in ("feed", "sitemap", "section") if (url := getattr(self, role)) is not None}
        if len(given) != 1:
            raise UsageProblem("Give each entry of `follow` one of feed, sitemap and section.")
        role, url = given.popitem()
        return PolledPage(url=url, role=role)


class _Pace(_Strict):
    delay: str | float | None = None


class _Common(_Strict):
    every: str | None = None
    time_zone: str | None = None
    lang: str | None = None
    tags: list[str] | None = None
    include: list[str] | None = None
    exclude: list[str] | None = None
    revisits: str | None = None
    max_age: str | None = None
    pages: Annotated[int, Field(ge=0, le=MOST_PAGES)] | None = None
    robots: Literal["obey", "ignore"] | None = None
    pace: _Pace | None = None
    accept_language: str | None = None
    headers: dict[str, str] | None = None
    proxy: str | None = None


class _Source(_Common):
    name: str
    home: str | None = None
    follow: Annotated[list[_Page], Field(min_length=1)]
    rules: str | None = None
    paused: bool | None = None


class _File(_Strict):
    """The file: what holds for all sources that do not say otherwise, and the sources."""

    defaults: _Common = _Common()
    sources: list[_Source]


# --- YAML in -------------------------------------------------------------------------------------------------------


def read_yaml(text: str) -> list[SourceWish]:
    """Return the sources of a YAML file, checked.

    Raises:
        UsageProblem: it is not YAML, or does not fit; each problem with its line.
        NotReady: a source has rules, and no parser is installed here to check them.
    """
    root = _composed(text)
    try:
        read = _File.model_validate(_plain(root, iter(range(_MOST_NODES))))
    except ValidationError as problem:
        raise UsageProblem(_shown_problems(root, problem)) from problem
    except RecursionError as problem:
        raise UsageProblem("The file is nested too deeply.") from problem
    wishes = []
    problems = []
    for place, source in enumerate(read.sources):
        try:
            wishes.append(_wish(source, read.defaults).checked())
            _check_rules(source)
        except NotReady:
            raise
        except WarraqError as problem:
            key = ("rules",) if isinstance(problem, _RulesProblem) else ()
            problems.append(f"line {_line(root, ('sources', place, *key))}: {source.name}: {problem}")
    problems += _twice(root, wishes) if not problems else []
    if problems:
        raise UsageProblem(_listed(problems))
    return wishes


def _composed(text: str) -> Node:
    if len(text) > MOST_BYTES:
        raise UsageProblem(f"The file is larger than {MOST_BYTES:,} bytes.")
    try:
        root: Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as problem:
        said = " ".join(str(problem).split()).replace('in "<unicode string>", ', "in ")
        raise UsageProblem(f"This is not YAML: {said}") from problem
    except RecursionError as problem:
        raise UsageProblem("The file is nested too deeply.") from problem
    if root is None:
        raise UsageProblem("The file is empty; it needs a list `sources:`.")
    return root


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _plain(node: Node, budget: Iterator[int], depth: int = 0) -> Any:
    """Return the value of a node. Aliases are followed by value, so ``budget`` bounds what they can blow up to."""
    if depth > _MOST_DEPTH or next(budget, None) is None:
        raise UsageProblem(f"line {node.start_mark.line + 1}: nested too deeply, or too many aliases.")
    match node:
        case MappingNode():
            return {str(key.value): _plain(value, budget, depth + 1) for key, value in node.value}
        case SequenceNode():
            return [_plain(item, budget, depth + 1) for item in node.value]
        case ScalarNode(tag="tag:yaml.org,2002:null"):
            return None
        case ScalarNode(tag="tag:yaml.org,2002:bool"):
            return node.value.lower() in ("true", "yes", "on")
    # Numbers too are taken as they are written: `every: 15m`, `name: 20`, `tags: [2026]` are all text here.
    return node.value


def _wish(source: _Source, defaults: _Common) -> SourceWish:
    def said(name: str) -> Any:
        own = getattr(source, name)
        return getattr(defaults, name) if own is None else own

    chosen = {name: said(name) for name in ("every", "time_zone", "tags", "include", "exclude", "revisits")}
    chosen["pagination"] = said("pages")
    pages = tuple(page.polled() for page in source.follow)
    return SourceWish(
        name=source.name,
        url=source.home or pages[0].url,
        pages=pages,
        language=said("lang"),
        max_age_seconds=age_seconds(said("max_age")),
        policy=_policy(said),
        rules=source.rules,
        paused=source.paused,
        **{name: value for name, value in chosen.items() if value is not None},
    )


class _RulesProblem(UsageProblem):
    """The rules of a source have a mistake; the message names its line in them."""


def _check_rules(source: _Source) -> None:
    try:
        if source.rules:
            own_rules.check(source.rules)
    except UsageProblem as problem:
        raise _RulesProblem(str(problem)) from problem


def _policy(said: Any) -> FetchPolicy:
    pace: _Pace | None = said("pace")
    delay = None if pace is None or pace.delay is None else fetch_policy.delay_seconds(str(pace.delay))
    return FetchPolicy(
        obey_robots=said("robots") != "ignore",
        delay_seconds=delay,
        accept_language=said("accept_language"),
        headers=said("headers") or {},
        proxy=said("proxy"),
    )


def age_seconds(text: str | None) -> float | None:
    """Return the seconds of a freshness limit: a span, ``any`` (0: items of any age), or None as the settings say."""
    if text is None or text == "default":
        return None
    return 0.0 if text == "any" else every.seconds(text)


def _twice(root: Node, wishes: Sequence[SourceWish]) -> list[str]:
    seen: dict[str, int] = {}
    problems = []
    for place, wish in enumerate(wishes):
        first = seen.setdefault(wish.name, place)
        if first != place:
            line, other = _line(root, ("sources", place)), _line(root, ("sources", first))
            problems.append(f"line {line}: the name {wish.name!r} is taken in line {other}.")
    return problems


def _shown_problems(root: Node, problem: ValidationError) -> str:
    return _listed(
        [
            f"line {_line(root, error['loc'])}: {'.'.join(map(str, error['loc']))}: {_said(error)}"
            for error in problem.errors()
        ]
    )


def _said(error: Mapping[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        return "there is no such field."
    return f"{error['msg']}."


def _listed(problems: Sequence[str]) -> str:
    more = len(problems) - _MOST_PROBLEMS
    return "\n  ".join(
        ["The file cannot be used:", *problems[:_MOST_PROBLEMS], *([f"and {more} more"] if more > 0 else [])]
    )


def _line(root: Node, path: Sequence[str | int]) -> int:
    """Return the line (from 1) of the deepest node on ``path`` that is there."""
    node, line = root, root.start_mark.line + 1
    for step in path:
        found = _child(node, step)
        if found is None:
            break
        node, line = found
    return line


def _child(node: Node, step: str | int) -> tuple[Node, int] | None:
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child, child.start_mark.line + 1
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    return None


# --- YAML out ------------------------------------------------------------------------------------------------------


def write_yaml(wishes: Sequence[SourceWish]) -> str:
    """Return ``wishes`` as a YAML file that ``read_yaml`` reads back to the same."""
    document = {"sources": [_document(wish) for wish in wishes]}
    text: str = yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    return text


class _Dumper(yaml.SafeDumper):
    """Writes what has several lines (rules) as a block of them."""


def _written(dumper: _Dumper, text: str) -> ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _written)


def _document(wish: SourceWish) -> dict[str, Any]:
    usual = SourceWish(name=wish.name, url=wish.url)
    document: dict[str, Any] = {"name": wish.name, "home": wish.url}
    document["follow"] = [{page.role: page.url} for page in wish.pages]
    names = {"every": "every", "time_zone": "time_zone", "language": "lang", "revisits": "revisits"}
    document |= {file: getattr(wish, own) for own, file in names.items() if getattr(wish, own) != getattr(usual, own)}
    document |= {name: list(getattr(wish, name)) for name in ("tags", "include", "exclude") if getattr(wish, name)}
    if wish.paused:
        document["paused"] = True
    if wish.max_age_seconds is not None:
        document["max_age"] = every.exact_span(wish.max_age_seconds) if wish.max_age_seconds else "any"
    if wish.pagination:
        document["pages"] = wish.pagination
    document |= _policy_document(wish.policy)
    return document | ({"rules": wish.rules} if wish.rules else {})


def _policy_document(policy: FetchPolicy) -> dict[str, Any]:
    document: dict[str, Any] = {}
    if not policy.obey_robots:
        document["robots"] = "ignore"
    if policy.delay_seconds is not None:
        document["pace"] = {"delay": every.exact_span(policy.delay_seconds)}
    more = {"accept_language": policy.accept_language, "headers": dict(policy.headers), "proxy": policy.proxy}
    return document | {name: value for name, value in more.items() if value}
