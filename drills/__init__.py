"""The subject: drills, replies, verdicts, feedback, teams. Pure Python; no SDK, no SQL, no network."""
