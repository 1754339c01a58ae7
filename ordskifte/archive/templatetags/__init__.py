"""Template tags of the archivist's room."""
