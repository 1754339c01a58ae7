"""The writer: a Noark 5 package from frozen values, as a stream, in a folder that is there whole or not at all."""
