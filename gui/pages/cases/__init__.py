"""The page 案件."""
