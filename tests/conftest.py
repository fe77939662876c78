"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the snapshots in fixtures/*/expected")


@pytest.fixture
def update(pytestconfig: pytest.Config) -> bool:
    """Whether snapshots are to be rewritten."""
    return bool(pytestconfig.getoption("--update"))


@pytest.fixture
def repository() -> Path:
    """The root of this repository."""
    return ROOT
