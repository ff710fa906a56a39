"""WebSub: what is asked of hubs, what they push, and how far each is trusted."""
