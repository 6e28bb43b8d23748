"""Backups: database and uploads of one moment in one file, and their way back into an empty installation."""
