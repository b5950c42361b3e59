"""What modelcluster is made to remember is what it would say itself."""

import pytest
from django.apps import apps
from modelcluster import models
from modelcluster.models import ClusterableModel

from core import page_relations

NAMES = ["get_all_child_relations", "get_all_child_m2m_relations"]
CLUSTERS = [model for model in apps.get_models() if issubclass(model, ClusterableModel)]


@pytest.mark.parametrize("name", NAMES)
def test_the_answers_are_the_same(name: str) -> None:
    remembering = getattr(models, name)
    assert CLUSTERS
    for model in CLUSTERS:
        said = remembering.__wrapped__(model)
        assert remembering(model) == said
        # Of a row too, as when it is read.
        assert remembering(model.__new__(model)) == said
        assert remembering(model) is remembering(model)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_installed_once(name: str) -> None:
    before = getattr(models, name)
    page_relations.install()
    assert getattr(models, name) is before
