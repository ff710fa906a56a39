"""The store: the only service that talks to the database; it owns the state of every page."""
