"""How the notices on cookies call them, in many languages: what a page puts before or behind a story for its lawyers."""

import re
from typing import Final

_COOKIES: Final = re.compile(
    r"cookie|çerez|kolačić|kolacic|piškotk|súbor(?:y|ov) cookie|ciasteczk|slapuk|küpsis|sīkdat|eväste|sütik|fursecuri|"
    r"куки|колачић|бисквитк|кукі|ملفات تعريف الارتباط|ملفات الارتباط|کوکی|עוגיות|कुकी|কুকি|குக்கீ|คุกกี้|クッキー|쿠키|"
    r"vidakuzi|μπισκότ|"
    r"\b(?:our|unsere|nos|nuestros|nossos|nostri|nasi|onze) (?:\d+ )?(?:partners?|partenaires|socios|parceiros|partnerzy)\b",
    re.IGNORECASE,
)


def speaks_of_cookies(text: str) -> bool:
    """Tell whether a text names cookies, or the partners that set them; a story that does has them in its headline."""
    return _COOKIES.search(text) is not None
