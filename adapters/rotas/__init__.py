"""Rotas as other systems write them: iCalendar, read with libraries. The plain table is read in `drills.catalog`."""
