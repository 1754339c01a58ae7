"""Words of the trade have plain ones beside them, as in what we publish (`publish.checks.plain_words`)."""

from ordskifte.converse.checks.reply import Finding, Reply
from ordskifte.publish.checks.plain_words import plain_words_of


def plain_words(reply: Reply) -> list[Finding]:
    return plain_words_of(reply.text)
