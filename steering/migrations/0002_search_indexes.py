from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from steering.trigrams import trigram_index


class Migration(migrations.Migration):
    dependencies = [("steering", "0001_initial")]

    operations = [
        TrigramExtension(),
        trigram_index("steering.Unit"),
        trigram_index("steering.User"),
        trigram_index("steering.Decision"),
    ]
