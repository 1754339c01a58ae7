"""Moderation: measures with ground, snapshot and reasons, the complaint about them, numbers, threats and spam (R94, R105-R108)."""
