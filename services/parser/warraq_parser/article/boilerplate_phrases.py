"""Phrases of the trade in many languages."""


def boilerplate(text: str) -> bool:
    """Tell whether a short line is one of the phrases."""
    return False
