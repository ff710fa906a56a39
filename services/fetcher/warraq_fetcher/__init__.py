"""The fetcher: the only service that talks to the network."""
