"""Pages that come from the archive or from files instead of the web: through the same parsers, behind live pages."""
