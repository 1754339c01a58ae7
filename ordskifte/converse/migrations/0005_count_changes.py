"""A sequence that moves with every announced change: what was counted before is known to be old."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("converse", "0004_index_conversations_of_a_channel"),
    ]

    operations = [
        migrations.RunSQL("create sequence converse_turn", "drop sequence converse_turn"),
    ]
