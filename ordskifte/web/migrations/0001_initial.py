import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('administrator', 'Administrator'), ('owner', 'Owner'), ('deputy', 'Deputy'), ('editor', 'Editor'), ('approver', 'Approver'), ('publisher', 'Publisher'), ('moderator', 'Moderator'), ('caseworker', 'Caseworker'), ('complaint_handler', 'Complaint Handler'), ('crisis_lead', 'Crisis Lead'), ('archivist', 'Archivist'), ('leader', 'Leader'), ('dpo', 'Dpo'), ('auditor', 'Auditor')], max_length=20), size=None)),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('last_used', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['ended_at', '-created_at'],
            },
        ),
    ]
