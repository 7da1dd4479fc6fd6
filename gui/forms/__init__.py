"""Fields, editor dialogs and pickers."""
