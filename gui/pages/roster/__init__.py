"""The page 顾问库."""
