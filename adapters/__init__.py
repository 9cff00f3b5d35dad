"""The outside world: one folder for each platform, judge or export. Adapters never know one another."""
