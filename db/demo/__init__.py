"""The demo bureau (示例)."""
