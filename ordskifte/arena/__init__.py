"""The test arena (R84): a practice channel where invented citizens write, read our answers and answer back."""
