"""Moderation: measures with ground, snapshot and reasons, complaints, numbers, threats, spam (R94, R105-R108)."""
