"""A mistake in the table of places is refused before anything is rendered."""

from pathlib import Path

import pytest

from deploy.k8s import sites
from deploy.k8s.sites import InvalidSites

TABLE = (sites.FOLDER / "sites.toml").read_text()


@pytest.mark.parametrize(
    ("section", "misspelt"),
    [("everywhere.order", "everywhere.oder"), ("prod.outside.kyc", "prod.outside.ekyc")],
)
def test_settings_of_a_service_that_is_not_there_are_refused(
    tmp_path: Path, section: str, misspelt: str
) -> None:
    file = tmp_path / "sites.toml"
    file.write_text(TABLE.replace(f"[{section}]", f"[{misspelt}]"))

    with pytest.raises(InvalidSites, match=rf"\[{misspelt}\] names no service"):
        sites.read(file)
