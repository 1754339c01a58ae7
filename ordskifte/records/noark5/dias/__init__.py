"""DIAS: a Noark 5 package as one tar file that a depot receives, with METS, PREMIS and a submission description."""
