"""The documents say what the program does: every setting, command and message stands in them, as it is."""

import json
import re
import tomllib

import pytest
import yaml

from contracts.commands import COMMANDS
from contracts.documents import ROOT, example_values, fenced, links, named_files, setting_rows, text
from warraq_shared.messages import MESSAGE_TYPES, decode
from warraq_shared.routes import ROUTES
from warraq_shared.settings import Settings

SETTINGS = {f"WARRAQ_{name.upper()}": field for name, field in Settings.model_fields.items()}
DOCUMENTS = sorted(str(path.relative_to(ROOT)) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
# What means nothing in a container, or is set there for good.
NOT_PASSED_ON = {
    "WARRAQ_ARCHIVE_DIR",
    "WARRAQ_DATA_DIR",
    "WARRAQ_HEARTBEAT_FILE",
    "WARRAQ_FETCH_THREADS",
    "WARRAQ_PARSE_PROCESSES",
}


def default(name: str) -> object:
    """Return the default of a setting as it is compared; nothing if it is not set."""
    field = SETTINGS[name]
    if field.default_factory or field.default in (None, ()):
        return ""
    return written(str(field.default).lower() if isinstance(field.default, bool) else str(field.default))


def written(value: str) -> object:
    """Return what a document writes as it is compared: numbers by their value."""
    return float(value) if value.replace(".", "", 1).isdigit() else value


def test_every_setting_has_a_row_with_its_default_and_no_row_is_about_anything_else() -> None:
    rows = setting_rows(text("docs/configuration.md"))
    assert rows.keys() == SETTINGS.keys()
    assert all(meaning.endswith(".") for _, meaning in rows.values())
    stated = {name: written(value.strip("`")) for name, (value, _) in rows.items() if name != "WARRAQ_DATA_DIR"}
    assert stated == {name: default(name) for name in stated}


def test_the_example_of_an_environment_file_has_every_setting_with_its_default() -> None:
    values = {name: value for name, value in example_values(text(".env.example")).items() if name in SETTINGS}
    assert values.keys() == SETTINGS.keys()
    stated = {name: written(value) for name, value in values.items() if default(name) and name != "WARRAQ_USER_AGENT"}
    assert stated == {name: default(name) for name in stated}


def test_the_example_of_an_environment_file_sets_nothing_and_holds_no_secret() -> None:
    set_lines = [line for line in text(".env.example").splitlines() if line and not line.startswith("#")]
    assert set_lines == ["REDIS_PASSWORD=", "POSTGRES_PASSWORD=", "WARRAQ_FLOWER_BASIC_AUTH="]


def test_containers_are_given_every_setting_that_means_something_there() -> None:
    composed = yaml.safe_load(text("docker-compose.yml"))
    given = {name for service in composed["services"].values() for name in service.get("environment", {})}
    published = set(re.findall(r"\$\{(WARRAQ_[A-Z_]+)", text("docker-compose.yml")))
    assert SETTINGS.keys() - given - published == NOT_PASSED_ON
    assert {name for name in given if name.startswith("WARRAQ_")} <= SETTINGS.keys()


def test_containers_publish_nothing_but_flower_and_the_door_for_http_and_those_on_loopback() -> None:
    services = yaml.safe_load(text("docker-compose.yml"))["services"]
    assert {name: service["ports"] for name, service in services.items() if "ports" in service} == {
        "flower": ["127.0.0.1:${WARRAQ_FLOWER_PORT:-5555}:5555"],
        "web": ["127.0.0.1:${WARRAQ_WEB_PORT:-8321}:8321"],
    }


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_operating_guide(name: str) -> None:
    assert re.search(rf"`?{re.escape(name)}\b", text("docs/operating.md")), f"`{name}` is not in docs/operating.md"


def test_every_command_explains_itself() -> None:
    assert all(command.help for command in COMMANDS.values())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_name_only_commands_and_options_that_exist(document: str) -> None:
    for block in [*fenced(text(document), "sh"), *re.findall(r"`(warraq [^`]+)`", text(document))]:
        for line in re.findall(r"(?:^|\s)(warraq [^#|\n]+)", block):
            check_command_line(line.split())


def check_command_line(words: list[str]) -> None:
    name = next((" ".join(words[:n]) for n in (3, 2) if " ".join(words[:n]) in COMMANDS), None)
    groups = {found.rsplit(" ", 1)[0] for found in COMMANDS}
    assert name or " ".join(words[:2]) in groups or words[1].startswith(("-", "[")), f"no command {' '.join(words)}"
    if name:
        known = {"--help"}.union(*(set(one.opts) | set(one.secondary_opts) for one in COMMANDS[name].params))
        used = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert used <= known, f"{name} has no {', '.join(sorted(used - known))}"


def test_every_page_of_the_documents_can_be_reached_from_the_readme() -> None:
    linked = set(links(text("README.md")))
    assert {name for name in DOCUMENTS if "/decisions/" not in name and name != "README.md"} <= linked
    assert "docs/decisions/" in linked


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_link_only_to_what_is_there(document: str) -> None:
    folder = (ROOT / document).parent
    assert [target for target in links(text(document)) if not (folder / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_name_only_files_that_are_there(document: str) -> None:
    assert [name for name in named_files(text(document)) if not (ROOT / name).exists() and "NNNN" not in name] == []


def test_every_message_has_an_example_that_can_be_read() -> None:
    examples = [decode(json.loads(block)) for block in fenced(text("docs/messages.md"), "json")]
    assert {example.kind for example in examples} == MESSAGE_TYPES.keys()


def test_the_table_of_messages_has_their_routes() -> None:
    document = text("docs/messages.md")
    for message_type, route in ROUTES.items():
        assert re.search(rf"`{message_type.__name__}` \|.*`{route.task}` \| `{route.queue}`", document), message_type


def test_make_targets_that_documents_name_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    named = {
        target for document in DOCUMENTS for target in re.findall(r"\bmake (demo|test|check|\w+)\b`", text(document))
    }
    assert named - targets == set()
    assert {"demo", "test", "check", "bench", "clean", "help"} <= targets


def test_each_image_installs_one_extra_and_copies_one_service() -> None:
    extras = tomllib.loads(text("pyproject.toml"))["project"]["optional-dependencies"]
    for file in sorted(ROOT.glob("services/*/Dockerfile")):
        service = file.parent.name
        content = file.read_text()
        assert service in extras
        assert re.findall(r'"\.\[(.*?)\]"', content) == [service]
        assert set(re.findall(r"services/(\w+)/ ", content)) <= {service}
        assert "USER 10001:10001" in content
        assert "warraq_shared.health" in content
