"""The text of an article: the page as an outline, the part that holds it, what is left out of it, and its blocks."""
