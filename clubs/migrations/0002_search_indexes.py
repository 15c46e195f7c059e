from django.db import migrations

from steering.trigrams import trigram_index


class Migration(migrations.Migration):
    dependencies = [("clubs", "0001_initial"), ("steering", "0002_search_indexes")]

    operations = [trigram_index("clubs.Club"), trigram_index("clubs.Person")]
