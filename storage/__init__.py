"""The memory: SQLAlchemy Core, one repository for each noun, the jobs engine and the migrations."""
