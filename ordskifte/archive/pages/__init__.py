"""Pages of the archivist's room, one module per group."""
