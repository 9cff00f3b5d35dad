"""Rotas as other systems write them: CSV and iCalendar. Foreign formats come in here, as a platform's payloads do."""
