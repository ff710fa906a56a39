"""When an article was published and changed: what the page says in its head, shows to readers, and in which words."""
