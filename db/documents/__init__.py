"""Reports and letters as data, and their renderers."""
