"""One chain of schema changes for SQLite and PostgreSQL, run by `storage.upgrade`."""
