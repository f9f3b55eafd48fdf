"""Getting The Movies Dataset: kagglehub itself runs against a local server.

It has no setting for its address, so the address that its SDK keeps for the environment LOCALHOST is pointed there.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile

import pytest

from bookfilm_nb.errors import MissingPartError, OutputError, ProviderError
from bookfilm_nb.movies.sources import kaggle

FILMS = """id,title,genres,release_date,vote_average,vote_count
901,The Lantern,"[{'id': 18, 'name': 'Drama'}]",1987-03-09,6.4,25
"""
SECRET = "kaggle-key-that-nobody-may-see"  # noqa: S105
SERVICE = "/api/v1/datasets.DatasetApiService/"


@pytest.fixture
def kaggle_server(httpserver, monkeypatch, tmp_path):
    pytest.importorskip("kagglehub")
    from kagglesdk import kaggle_env

    monkeypatch.setitem(kaggle_env._env_to_endpoint, kaggle_env.KaggleEnv.LOCAL, httpserver.url_for("").rstrip("/"))
    monkeypatch.setenv("KAGGLE_API_ENVIRONMENT", "LOCALHOST")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KAGGLE_CONFIG_DIR", str(tmp_path / "home" / ".kaggle"))
    monkeypatch.setattr("kagglehub.config.DEFAULT_KAGGLE_CREDENTIALS_FOLDER", str(tmp_path / "home" / ".kaggle"))
    # kagglehub looks for notebooks among its callers at every request: half a second among many modules
    monkeypatch.setattr("inspect.stack", list)
    for name in ("KAGGLE_API_TOKEN", "KAGGLE_USERNAME", "KAGGLE_KEY", "KAGGLE_KERNEL_RUN_TYPE"):
        monkeypatch.delenv(name, raising=False)
    return httpserver


def serve(server, *, archive=None, status=200, body="{}"):
    kwargs = {"status": status} if status != 200 else {}
    server.expect_request(SERVICE + "GetDataset").respond_with_json({"currentVersionNumber": 7}, **kwargs)
    if archive is not None:
        server.expect_request(SERVICE + "DownloadDataset").respond_with_data(archive, content_type="application/zip")
    else:
        server.expect_request(SERVICE + "DownloadDataset").respond_with_data(body, content_type="text/html")


def packed(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return made.getvalue()


@pytest.mark.parametrize("how", ["token", "pair", "file"])
def test_the_dataset_is_fetched_with_the_users_credentials(kaggle_server, monkeypatch, tmp_path, how):
    if how == "token":
        monkeypatch.setenv("KAGGLE_API_TOKEN", SECRET)
    elif how == "pair":
        monkeypatch.setenv("KAGGLE_USERNAME", "someone")
        monkeypatch.setenv("KAGGLE_KEY", SECRET)
    else:
        (tmp_path / "home" / ".kaggle").mkdir(parents=True)
        (tmp_path / "home" / ".kaggle" / "kaggle.json").write_text(json.dumps({"username": "someone", "key": SECRET}))
    serve(kaggle_server, archive=packed(movies_metadata=FILMS, keywords="id,keywords\n"))
    folder = kaggle.get(tmp_path / "data")
    assert kaggle.load(folder).table["title"].tolist() == ["The Lantern"]
    assert all("Authorization" in request.headers for request, _ in kaggle_server.log)
    before = len(kaggle_server.log)
    assert kaggle.get(folder) == folder
    assert len(kaggle_server.log) == before


def test_without_credentials_nothing_is_asked_and_the_way_is_told(kaggle_server, tmp_path):
    with pytest.raises(MissingPartError, match=r"kaggle\.json"):
        kaggle.get(tmp_path / "data")
    assert kaggle_server.log == []


def test_a_spoilt_file_of_credentials_is_not_quoted(kaggle_server, tmp_path):
    (tmp_path / "home" / ".kaggle").mkdir(parents=True)
    (tmp_path / "home" / ".kaggle" / "kaggle.json").write_text('{"key": "' + SECRET)
    with pytest.raises(MissingPartError) as caught:
        kaggle.get(tmp_path / "data")
    assert SECRET not in str(caught.value)
    assert kaggle_server.log == []


@pytest.mark.parametrize(("status", "says"), [(401, "refused"), (403, "refused"), (429, "wait"), (500, "HTTP 500")])
def test_a_refusal_is_told_without_the_key(kaggle_server, monkeypatch, tmp_path, status, says, capfd):
    monkeypatch.setenv("KAGGLE_API_TOKEN", SECRET)
    serve(kaggle_server, status=status)
    with pytest.raises(ProviderError, match=says) as caught:
        kaggle.get(tmp_path / "data")
    assert caught.value.data["status"] == status
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert SECRET not in str(caught.value) + str(caught.value.data) + "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "archive", [None, b"PK\x03\x04 cut off", packed(other="a,b\n1,2\n")], ids=["html", "cut", "other"]
)
def test_what_is_not_the_dataset_is_not_taken_for_it(kaggle_server, monkeypatch, tmp_path, archive):
    monkeypatch.setenv("KAGGLE_API_TOKEN", SECRET)
    serve(kaggle_server, archive=archive, body="<html>maintenance</html>")
    with pytest.raises(ProviderError):
        kaggle.get(tmp_path / "data")


def test_what_lies_in_the_folder_is_left_alone(kaggle_server, monkeypatch, tmp_path):
    monkeypatch.setenv("KAGGLE_API_TOKEN", SECRET)
    serve(kaggle_server, archive=packed(movies_metadata=FILMS, ratings="userId,movieId,rating\n"))
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "ratings.csv").write_text("mine")
    with pytest.raises(OutputError, match=r"ratings\.csv already"):
        kaggle.get(folder)
    assert kaggle_server.log == []
    (folder / "ratings.csv").rename(folder / "mine.csv")
    kaggle.get(folder)
    assert sorted(file.name for file in folder.iterdir()) == ["mine.csv", "movies_metadata.csv", "ratings.csv"]
    assert (folder / "mine.csv").read_text() == "mine"


def test_a_place_that_is_no_folder(kaggle_server, monkeypatch, tmp_path):
    monkeypatch.setenv("KAGGLE_API_TOKEN", SECRET)
    serve(kaggle_server, archive=packed(movies_metadata=FILMS))
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        kaggle.get(tmp_path / "file" / "data")


def test_without_kagglehub_the_command_that_gets_it_is_told(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "kagglehub", None)
    with pytest.raises(MissingPartError, match=r"pip install 'bookfilm-nb\[data\]'"):
        kaggle.get(tmp_path)


def test_after_a_download_that_broke_off_one_can_try_again(kaggle_server, monkeypatch, tmp_path):
    monkeypatch.setenv("KAGGLE_API_TOKEN", SECRET)
    whole = packed(movies_metadata=FILMS)
    serve(kaggle_server, archive=whole[:-30])
    with pytest.raises(ProviderError):
        kaggle.get(tmp_path / "data")
    assert not any((tmp_path / "data").iterdir())
    kaggle_server.clear()
    serve(kaggle_server, archive=whole)
    assert kaggle.load(kaggle.get(tmp_path / "data")).table["title"].tolist() == ["The Lantern"]
