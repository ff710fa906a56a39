"""The store's commands, one module a subject; pyproject.toml names each under ``warraq.commands``."""
