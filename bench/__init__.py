"""Figures: `make bench` prints them as JSON. No test asserts a time; this is where times are looked at."""
