"""The static files of an installation: made by who builds it, served by somebody else."""

from pathlib import Path

from django.core.files.base import ContentFile
from django.utils.module_loading import import_string

from arsenaal.settings import base


def test_static_files_can_be_read_by_who_serves_them(tmp_path: Path) -> None:
    found = base.STORAGES["staticfiles"]
    storage = import_string(found["BACKEND"])(location=tmp_path, **found["OPTIONS"])
    kept = Path(storage.path(storage.save("a.css", ContentFile(b"a { color: red }"))))
    assert kept.stat().st_mode & 0o777 == 0o644
