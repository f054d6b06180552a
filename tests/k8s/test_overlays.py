"""Every place as it would be rolled out, checked without a cluster; every mistake is noticed."""

import shutil
from pathlib import Path

import pytest
from tests.k8s.plants import MORE, TWELVE, Plant

from deploy.k8s import checking, kubectl, schemas, tree
from deploy.k8s.rules import EVERYWHERE, WITH_OPERATORS
from deploy.k8s.sites import FOLDER, Site, read

SITES = {site.name: site for site in read()}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy what is committed: Envoy's configuration is rendered anew for each use."""
    ignored = shutil.ignore_patterns("schemas", "envoy.*")
    return shutil.copytree(FOLDER, tmp_path / "k8s", ignore=ignored)


def test_nothing_has_drifted() -> None:
    assert list(tree.differences()) == []


@pytest.mark.parametrize("site", SITES.values(), ids=SITES.keys())
def test_nothing_is_wrong_with_a_place(site: Site) -> None:
    assert list(checking.of_overlay(site)) == []


@pytest.mark.parametrize("plant", TWELVE.values(), ids=TWELVE.keys())
def test_each_of_the_twelve_mistakes_is_noticed(copy: Path, plant: Plant) -> None:
    expect_sentence(copy, plant)


@pytest.mark.parametrize("plant", MORE.values(), ids=MORE.keys())
def test_other_mistakes_are_noticed(copy: Path, plant: Plant) -> None:
    expect_sentence(copy, plant)


def expect_sentence(copy: Path, plant: Plant) -> None:
    file = copy / plant.file
    file.write_text(plant.spoil(file.read_text()))

    sentences = list(checking.of_overlay(SITES[plant.place], copy))

    assert any(plant.says in sentence for sentence in sentences), sentences


def test_every_rule_belongs_to_a_check() -> None:
    assert len({*EVERYWHERE, *WITH_OPERATORS}) == len(EVERYWHERE) + len(WITH_OPERATORS)


def test_what_is_not_rendered_any_more_is_noticed_and_taken_away(copy: Path) -> None:
    left_over = copy / "base" / "services" / "billing.yaml"
    left_over.write_text(f"{tree.MARK}\n")

    assert any("billing.yaml is no longer rendered" in said for said in tree.differences(copy))
    tree.write(copy)
    assert not left_over.exists()
    assert list(tree.differences(copy)) == []


def test_every_schema_in_the_repository_is_one_that_a_place_needs() -> None:
    used = {
        f"{thing['apiVersion'].rpartition('/')[0]}/{thing['kind'].lower()}"
        for site in SITES.values()
        for thing in kubectl.render(site.name)
    }
    kept = {str(file.relative_to(schemas.SCHEMAS)) for file in schemas.SCHEMAS.glob("*/*.json")}

    assert {name for name in kept if name.rpartition("_")[0] not in used} == set()
