"""What an export took from the lawyer's side is read over by her alone, also in exports that were collected already."""

from django.db import migrations

FORWARD = """
UPDATE rights_exportpart SET circle = 'legal' WHERE circle = '' AND source IN (
    'housing.Claim', 'housing.Evidence', 'housing.Exhibit', 'housing.ExhibitPermission', 'housing.Lease',
    'housing.RentPayment', 'housing.ChargeClaim', 'housing.Indexation')
"""


class Migration(migrations.Migration):
    dependencies = [("rights", "0003_failure")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
