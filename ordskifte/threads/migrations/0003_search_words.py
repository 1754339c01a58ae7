"""What counts as a word in search, and authors by the beginning of their handle or name.

PostgreSQL's parser takes `skole/vei`, `stengt.Når` and `~m202611` for file and host names, and where the database's
character type is C it takes every character outside ASCII for a letter: «skolen» and skolen😀 would be words of their
own, found by nobody. So these become spaces before the text is parsed, the same way in the column and in every query.
Code points and not classes are named, so that the machine's locale changes nothing.
"""

from django.db import migrations

PUNCTUATION = (
    r"[./~<\u0080-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2000-\u2bff\u3000-\u303f"
    r"\ufe00-\ufe4f\uff00-\uff0f\U0001f000-\U0001faff\U000e0000-\U000e01ff]+"
)
COLUMN = """
alter table threads_version drop column search;
alter table threads_version add column search tsvector generated always as (
    to_tsvector('ordskifte_nb', %(words)s)
    || case when english then to_tsvector('ordskifte_en', %(words)s) else ''::tsvector end
    || array_to_tsvector(tags)
) stored;
create index version_search on threads_version using gin (search);
"""
TEXT = "left(title || ' ' || summary || ' ' || text || ' ' || alts, 100000)"
SQL = (
    "create function ordskifte_words(said text) returns text language sql immutable strict parallel safe\n"
    f"    return regexp_replace(said, '{PUNCTUATION}', ' ', 'g');\n"
    + COLUMN % {"words": f"ordskifte_words({TEXT})"}
    + "create index author_handle on threads_author (lower(handle) text_pattern_ops);\n"
    "create index author_name on threads_author (lower(name) text_pattern_ops);\n"
)
BACK = COLUMN % {"words": TEXT} + "drop function ordskifte_words(text); drop index author_handle; drop index author_name;"


class Migration(migrations.Migration):
    dependencies = [("threads", "0002_search")]
    operations = [migrations.RunSQL(SQL, BACK)]
