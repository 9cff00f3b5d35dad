"""What happens, one story per file; `inbox` is the one door in."""
