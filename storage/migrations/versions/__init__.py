"""The revisions, in order of their numbers. A revision that has been released is never edited."""
