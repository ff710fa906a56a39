"""The demo: a small news world of several sites on loopback, crawled through the real pipeline."""
