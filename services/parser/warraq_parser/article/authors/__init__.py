"""Who wrote an article: what the page says in its head, what it shows to readers, and who is a person."""
