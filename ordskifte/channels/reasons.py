"""The fixed sentences that say why an item could not be read, or was read with a doubt. Pages translate them."""

from typing import Final

# problems: the item is counted, named and kept, but is not an utterance
NOT_JSON: Final = "This is not valid JSON."
TRUNCATED: Final = "The file ends in the middle of this item."
TOO_LARGE: Final = "This item is larger than 16 MB."
TOO_DEEP: Final = "This item is nested too deeply."
WRONG_SHAPE: Final = "This item does not have the form the platform documents."
NO_ID: Final = "This item has no id."

# remarks: the utterance was taken in, and this is what was odd
BAD_DATE: Final = "The date cannot be read; taken in without a date."
ENCODING_REPAIRED: Final = "The text was wrongly encoded and has been repaired."
HIDDEN_CHARACTERS: Final = "The text has hidden characters that turn the reading direction."
ODD_DATE: Final = "The date lies before 1990 or in the future; taken in as it stands."
REPLACED_CHARACTERS: Final = "Characters that cannot be stored are shown as �; the evidence has them as they came."
LONGER_THAN_SEARCH: Final = "The text is longer than 100,000 characters; search knows its beginning."
SCRIPTS: Final = "It holds what looks like scripts; they are kept as evidence and never run here."
SAME_ID: Final = "Another item of the export has the same id and says something else; both are kept as versions."

# members of an archive or a folder that were not read
OUTSIDE: Final = "The name points outside the export; not read."
LINK: Final = "This is a link; not followed."
NOT_A_FILE: Final = "This is not an ordinary file; not read."
TOO_COMPRESSED: Final = "The file unpacks to more than 200 times its size; not read."
TOO_DEEP_FOLDER: Final = "The file lies more than 64 folders deep; not read."
COMPRESSION: Final = "The file is compressed in a way that cannot be read."
SAME_NAME: Final = "Another file in the archive has the same name; only the first was read."
ARCHIVE_INSIDE: Final = "An archive inside the export is not opened; unpack it and import it by itself."
NOT_RECOGNISED: Final = "This is not an export we can read."
MEDIA_IS_SOMETHING_ELSE: Final = "The file is not the picture or film it says it is; it is not shown."

# why a whole export cannot be read, or not further; and what to do
NO_SUCH_FILE: Final = "There is no such file."
UNOPENED: Final = "This cannot be opened."
NO_ORDINARY_FILE: Final = "This is not an ordinary file."
NO_ZIP: Final = "This is called a zip file and is none."
EMPTY_ZIP: Final = "This zip file is empty."
CUT_ZIP: Final = "This is not a whole zip file: its end is missing or damaged."
DAMAGED: Final = "This file is damaged inside the archive."
ENCRYPTED_ZIP: Final = "This zip file is encrypted."
CUT_TAR: Final = "This is not a whole tar file: it is cut off or damaged."
CUT_MEMBER: Final = "The archive ends in the middle of this file."
TOO_MANY_FILES: Final = "The export holds more than 1,000,000 files."
TOO_MUCH: Final = "The export holds more than 200 GB when unpacked."
UNPACKS_TOO_LARGE: Final = "This unpacks to more than 200 GB or 200 times its size."
READER_ENDED: Final = (
    "The reading of the export was stopped from outside. Start the import again; it goes on where it was."
)
CHECK_RIGHTS: Final = "Check its name and rights."
GIVE_A_FILE: Final = "Give a zip, a folder or a file."
DOWNLOAD_AGAIN: Final = "Download the export again."
DOWNLOAD_AGAIN_OR_UNPACK: Final = (
    "Download the export again; if it still fails, unpack it yourself and import the folder."
)
UNPACK_FIRST: Final = "Unpack it with its password and import the folder."
UNPACK_IF_TRUSTED: Final = "If you trust it, unpack it yourself and import the folder."
IMPORT_IN_PARTS: Final = "Split it and import the parts one by one."

# repositories of blocks (Bluesky)
NOT_CBOR: Final = "This block is not valid DAG-CBOR."
WRONG_HASH: Final = "The bytes of this block do not have the hash its name says."
NOT_IN_TREE: Final = "This record cannot be reached from the signed commit."
RECORD_MISSING: Final = "The tree names this record, but its block is not in the file."
NODE_MISSING: Final = "A part of the tree is not in the file."
NODE_WRONG: Final = "A part of the tree breaks the rules of its order."
NO_COMMIT: Final = "The signed commit is missing."
SIGNATURE_WRONG: Final = "The commit's signature was not made with the account's key."

# XML and HTML
NOT_XML: Final = "This is not well-formed XML."
XML_REPAIRED: Final = "The XML was broken here and has been repaired; compare with what we received."
ENTITIES: Final = "The XML declares entities that build on others or lie outside the file; they are not followed."

# tables
NOT_A_ROW: Final = "This row does not have the columns of the others."

# live channels: why something was not sent, or is not known to have been
UNREACHABLE: Final = "The channel could not be reached."
BUSY: Final = "The channel asks us to wait."
NO_ACCESS: Final = "The channel no longer lets us in. Connect it again."
GONE: Final = "What this is about is no longer on the channel."
NOT_TAKEN: Final = "The channel refuses this."
CUT: Final = "The connection was cut before the channel answered."
SERVER_FAULT: Final = "The channel answered with an error of its own."
NOT_UNDERSTOOD: Final = "The channel's answer could not be understood."
EXPIRED: Final = "The access has expired or been taken back. Connect the channel again."
NOT_ALLOWED: Final = "The account may not do this on the channel. Give it the right there, or connect another account."
READ_ONLY: Final = "The channel can only be read just now. It is tried again."
MOVED: Final = "The channel has moved to another address. Connect it again with the new one."
A_PAGE: Final = "A web page came instead of an answer. Check the address, or what stands in front of the server."
CAPTCHA: Final = "The channel asks for a proof that we are human. Ask its keeper to free the account from that."
DUPLICATE: Final = "The channel has the same text already and takes it only once."
CLOCK: Final = "The channel says that our clock is wrong. Check the time on this machine."
NEEDS_LOGIN: Final = "The login was refused. Check the user name and the secret."
BLOCKED: Final = "The account is blocked on the channel. Ask its keeper why."
PICTURE_REFUSED: Final = "The channel did not take the picture. Check its size and type."
SLOW: Final = "The channel was too slow; nothing was sent. It is tried again."
NO_SUCH_SERVICE: Final = "There is no such service at this address. Check the address."
TOO_LONG: Final = "The text is longer than the channel takes."
CANNOT: Final = "This channel cannot do that."

# hand-off: the link a person pastes back
NOT_A_LINK: Final = "This is not a link. Copy the address of the post itself."
OTHER_HOST: Final = "The link leads somewhere else than this channel."
NO_POST: Final = "The link leads to the front page. Copy the address of the post itself."
