"""Every campaign that comes with Readback is flawless, but for advice that its author has read."""

from __future__ import annotations

import pytest
from builders import LIBRARY

from drills.catalog import Library, open_campaign

FILES = sorted((LIBRARY / "campaigns").glob("*.yaml"))
ACCEPTED = {"Without variants these never come back early"}


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.shipped()


def test_two_are_shipped() -> None:
    assert len(FILES) >= 2


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_campaign_is_sound_and_named_like_its_file(file, library: Library) -> None:  # type: ignore[no-untyped-def]  # pytest's
    read = open_campaign(file, library)
    assert read.campaign.id == file.stem
    assert read.drills
    assert [fault.message for fault in read.warnings if fault.message.partition(":")[0] not in ACCEPTED] == []
    assert read.campaign.quiet is not None
