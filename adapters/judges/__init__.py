"""Two ways to read a reply: a language model (anthropic) and a checklist that needs no key (embedded)."""
