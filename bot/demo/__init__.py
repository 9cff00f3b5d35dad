"""Demo data: believable teams with a few weeks of history, clearly marked. `readback run` never loads it."""
