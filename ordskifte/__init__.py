"""Ordskifte runs a public body's social media from the first decision to the archive deposit."""

__version__ = "0.1.0"
