"""One agency: its pane, form, changes and records."""
