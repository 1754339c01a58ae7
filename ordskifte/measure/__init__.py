"""Figures read from the packages below: measures in public, and whether everyone is treated alike."""
