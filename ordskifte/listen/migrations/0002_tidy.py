"""After an import the search index is tidied and the planner told; only the owner may, so the app calls this."""

from django.db import migrations

SQL = """
create function ordskifte_tidy() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform gin_clean_pending_list('version_search'::regclass);
    analyze threads_version, threads_utterance, threads_thread, threads_author, records_entry;
end $$;
revoke all on function ordskifte_tidy() from public;
"""


class Migration(migrations.Migration):
    dependencies = [("listen", "0001_initial"), ("threads", "0002_search"), ("records", "0002_batches")]
    operations = [migrations.RunSQL(SQL, "drop function ordskifte_tidy()")]
