from uuid import UUID

from ordskifte.base.ids import author_id, utterance_id

CHANNEL = UUID("6f2cbd62-5a0e-4c0c-9f4e-0d1a8a5b2f11")


def test_same_name_on_same_channel_is_same_id() -> None:
    assert utterance_id(CHANNEL, "abc") == utterance_id(CHANNEL, "abc")


def test_id_is_uuid_version_8_of_rfc_9562() -> None:
    found = utterance_id(CHANNEL, "abc")
    assert (found.version, found.variant) == (8, "specified in RFC 4122")


def test_authors_and_utterances_never_share_an_id() -> None:
    assert author_id(CHANNEL, "abc") != utterance_id(CHANNEL, "abc")


def test_a_lone_surrogate_in_a_name_is_taken() -> None:
    assert utterance_id(CHANNEL, "\ud800") != utterance_id(CHANNEL, "\ud801")
