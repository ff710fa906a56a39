"""The store's door for HTTP: today what WebSub hubs call, tomorrow an interface for programs and a page for people."""
