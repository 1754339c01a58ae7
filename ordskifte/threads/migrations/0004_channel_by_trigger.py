"""A channel that holds threads cannot be deleted, as before; but that is checked when a channel goes, not for each row
that comes, which cost an import more than its smaller indexes. And the planner samples no column it has no use for.
"""

import django.db.models.deletion
from django.db import migrations, models

TRIGGER = """
create function ordskifte_channel_in_use() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
begin
    if exists (select 1 from threads_thread where channel_id = old.id) then
        raise foreign_key_violation using message = 'the channel ' || old.id || ' still holds threads';
    end if;
    return old;
end $$;
create trigger channel_in_use before delete on plan_channel for each row execute function ordskifte_channel_in_use();
"""
NO_TRIGGER = "drop trigger channel_in_use on plan_channel; drop function ordskifte_channel_in_use()"
UNSAMPLED = {
    "threads_version": (
        "key, title, summary, text, alts, permalink, attachments, extra, published, edited, seen, evidence_offset,"
        " evidence_length, raw_digest, salt"
    ),
    "threads_utterance": "external_id, first_seen, current_id",
    "threads_thread": "title",
    "records_entry": "body",
}


def _sampled(target: int) -> str:
    return ";".join(
        f"alter table {table} " + ", ".join(f"alter column {name} set statistics {target}" for name in columns.split(", "))
        for table, columns in UNSAMPLED.items()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0001_initial'),
        ('records', '0002_batches'),
        ('threads', '0003_search_words'),
    ]

    operations = [
        migrations.AlterField(
            model_name='thread',
            name='channel',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='plan.channel'),
        ),
        migrations.AlterField(
            model_name='utterance',
            name='channel',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='plan.channel'),
        ),
        migrations.RunSQL(TRIGGER, NO_TRIGGER),
        migrations.RunSQL(_sampled(0), _sampled(-1)),
    ]
