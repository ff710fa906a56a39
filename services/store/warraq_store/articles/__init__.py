"""Articles: kept once, with every change, beside those that tell the same story."""
