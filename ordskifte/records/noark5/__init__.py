"""Noark 5: packages written and checked, and the formats around them (DIAS, Fiks Arkiv, eInnsyn). Knows no Django."""
