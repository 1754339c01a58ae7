"""Personal data is not repeated, as in what we publish (`publish.checks.personal_data`)."""

from ordskifte.converse.checks.reply import Finding, Reply
from ordskifte.publish.checks.personal_data import personal_data_of


def personal_data(reply: Reply) -> list[Finding]:
    return personal_data_of(reply.text, reply.places, asked=reply.asked)
