"""Text in, verdicts out: the prompt, the quote check and the arithmetic that no model is asked to do."""
