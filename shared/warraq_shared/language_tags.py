"""Language tags as publishers and users write them (BCP 47)."""

import re
from typing import Final

_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.ASCII)
# RFC 5646, section 4.4.1: who has less room than this must say so.
_LONGEST: Final = 35


def language_tag(text: str | None) -> str | None:
    """Return ``text`` as a tag in lower case with hyphens (``ar``, ``pt-br``), or None if it is not one."""
    tag = (text or "").strip().replace("_", "-").lower()
    return tag if len(tag) <= _LONGEST and _TAG.fullmatch(tag) else None
