"""The other ways out: plain WARC, ActivityStreams 2.0 and CSV, of all that one who exports may see."""
