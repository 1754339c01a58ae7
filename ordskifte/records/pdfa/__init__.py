"""The readable form of an utterance: PDF/A-2a and PDF/UA by typst. A rendition, never the source: that is evidence.

Knows no Django and no tables: values in, bytes out.
"""
