"""A calm tone, as in what we publish (`publish.checks.tone`)."""

from ordskifte.converse.checks.reply import Finding, Reply
from ordskifte.publish.checks.tone import tone_of


def tone(reply: Reply) -> list[Finding]:
    return tone_of(reply.text)
