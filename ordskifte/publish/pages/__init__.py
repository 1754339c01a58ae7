"""The pages of publishing, under /desk/publish/."""
