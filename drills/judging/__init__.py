"""Text in, verdicts out, arithmetic in code: prompts, quote checks, scores, and the picks of a feedback."""
