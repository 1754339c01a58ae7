"""The read API under /api/: the same reads as the desk, with the same rules for who may see what."""
