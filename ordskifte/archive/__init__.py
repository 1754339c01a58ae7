"""The archivist's room: decide, journal, show, keep, hand over."""
