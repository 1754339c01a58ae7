"""Small writers of the platforms' own export formats, so that the demo goes through the same door as real archives."""
