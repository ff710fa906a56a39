"""What the services of Warraq share: messages, routes, URL identity, reasons, settings."""

__version__ = "0.1.0"
