"""The fixed words of connecting a channel: what is asked, and what an account may do. Pages translate them."""

from typing import Final

SERVER: Final = "The server's address"
SITE: Final = "The site's address"
FEED: Final = "The feed's address"
USER: Final = "User name"
BOT_USER: Final = "Bot user name"
TOKEN: Final = "Access token"  # noqa: S105 - the name of a field
APP_PASSWORD: Final = "Application password"  # noqa: S105 - the name of a field
BOT_PASSWORD: Final = "Bot password"  # noqa: S105 - the name of a field

HINT_MASTODON: Final = (
    "Made under Preferences, Development, New application. Tick read, write, and where you moderate, admin:read."
)
HINT_WORDPRESS: Final = "Made under Users, Profile, Application passwords, by a user with the role Editor."
HINT_WIKI: Final = "Made on the page Special:BotPasswords; the name has the form User@name."
HINT_BLUESKY: Final = "Made under Settings, App passwords. Never the account's own password."
HINT_FEED: Final = "An RSS, Atom or JSON feed. The site's own address is enough where the page names its feed."

READ_OWN: Final = "read our own posts"
READ_ANSWERS: Final = "read answers and mentions"
READ_MESSAGES: Final = "read private messages"
READ_REPORTS: Final = "read reports from users"
POST: Final = "publish and answer"
PICTURES: Final = "publish pictures"
EDIT: Final = "change what is published"
DELETE: Final = "delete our own posts"
HIDE: Final = "hide what others have written"
REMOVE: Final = "delete what others have written"
BLOCK: Final = "block accounts"
