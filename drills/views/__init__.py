"""Subject to card: pure functions that decide what people read, and in which order."""
