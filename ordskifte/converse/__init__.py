"""Conversations with people: inbox, clocks, replies, moderation, complaints."""
