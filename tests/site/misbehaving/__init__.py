"""A site that misbehaves on request: each path is one hazard of the web."""
