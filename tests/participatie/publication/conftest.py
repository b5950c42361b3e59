import pytest

from tests.participatie.publication.publications import Home


@pytest.fixture
def home(capsys: pytest.CaptureFixture[str]) -> Home:
    return Home(capsys)
