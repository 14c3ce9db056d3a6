"""The starting catalogue: every instrument the founding document names. Idempotent by code."""

from django.db import migrations


def load(apps, schema_editor):
    from cases.catalogue import starting_rows

    Instrument = apps.get_model("cases", "Instrument")
    known = set(Instrument.objects.using(schema_editor.connection.alias).values_list("code", flat=True))
    Instrument.objects.using(schema_editor.connection.alias).bulk_create(
        Instrument(**row) for row in starting_rows() if row["code"] not in known
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_radar")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
