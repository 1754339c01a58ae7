"""Batch numbers of the ledger come from a sequence."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunSQL("create sequence records_batch_seq", "drop sequence records_batch_seq")]
