"""All stages on one machine: an embedded Redis, the workers, beat, Flower, and who looks after them."""
