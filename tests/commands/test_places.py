"""Where things live is what platformdirs says, whether or not it is asked."""

import subprocess
import sys

import platformdirs
import pytest

from dispcli.commands.places import user_folder

FOLDERS = (
    "/srv/data",
    "/srv/data/",
    "/srv//data",
    "/srv/da ta",
    "/srv/é",
    "",
    " ",
    " /srv",
    "/srv ",
    "rel",
    "~/x",
)


@pytest.mark.parametrize("folder", [*FOLDERS, None])
@pytest.mark.parametrize("home", ["/home/ada", "/home/ada/", "/", None])
def test_both_folders_are_those_of_platformdirs(monkeypatch, folder, home):
    for variable, value in (("XDG_DATA_HOME", folder), ("XDG_CONFIG_HOME", folder), ("HOME", home)):
        if value is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, value)
    assert user_folder("data") == platformdirs.user_data_path("dispcli", appauthor=False)
    assert user_folder("config") == platformdirs.user_config_path("dispcli", appauthor=False)


@pytest.mark.skipif(sys.platform != "linux", reason="the short way is Linux's")
def test_the_plain_case_does_not_load_the_library():
    code = (
        "import sys; from dispcli.commands.places import user_folder; user_folder('data');"
        "sys.exit('platformdirs' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], env={"HOME": "/home/ada"}, check=False).returncode == 0
    )
