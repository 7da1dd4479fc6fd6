"""Preview, printer and save-as."""
