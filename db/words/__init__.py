"""The words that records are kept in: enums whose values stand in the database, and mostly on the screen."""
