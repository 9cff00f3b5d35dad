"""The LLM judge, over Anthropic's Messages API or any server that speaks it."""
