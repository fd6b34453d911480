"""Hypothesis as every test uses it: no deadline, and nothing left behind in the tree."""

from pathlib import Path
from tempfile import gettempdir

from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

set_hypothesis_home_dir(Path(gettempdir()) / "dispcli-hypothesis")
settings.register_profile("dispcli", database=None, deadline=None)
settings.load_profile("dispcli")
