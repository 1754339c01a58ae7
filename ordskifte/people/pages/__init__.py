"""The pages of sign-in, of one's own settings, and of the administrators."""
