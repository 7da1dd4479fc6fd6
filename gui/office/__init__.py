"""The office's own dialogs that are more than a list: calendar, jurisdiction, intake from text, reminders."""
