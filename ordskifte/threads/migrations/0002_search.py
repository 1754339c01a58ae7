"""The search column: Norwegian stems without stop words (so phrases are exact), English ones too where the text is
English, and the tags. The first 100,000 characters are indexed: PostgreSQL caps a tsvector at 1 MB."""

from django.db import migrations

SQL = """
create text search dictionary ordskifte_nb (template = snowball, language = norwegian);
create text search dictionary ordskifte_en (template = snowball, language = english);
create text search configuration ordskifte_nb (copy = pg_catalog.norwegian);
create text search configuration ordskifte_en (copy = pg_catalog.english);
alter text search configuration ordskifte_nb
    alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part with ordskifte_nb;
alter text search configuration ordskifte_en
    alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part with ordskifte_en;
alter table threads_version drop column search;
alter table threads_version add column search tsvector generated always as (
    to_tsvector('ordskifte_nb', left(title || ' ' || summary || ' ' || text || ' ' || alts, 100000))
    || case when english
       then to_tsvector('ordskifte_en', left(title || ' ' || summary || ' ' || text || ' ' || alts, 100000))
       else ''::tsvector end
    || array_to_tsvector(tags)
) stored;
create index version_search on threads_version using gin (search);
"""


class Migration(migrations.Migration):
    dependencies = [("threads", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
