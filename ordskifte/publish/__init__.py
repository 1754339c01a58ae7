"""All that leaves the body goes through the outbox, once and provably."""
