"""Folders of local diffusion models: what they say they are, what is refused, and what a model would be asked."""

from __future__ import annotations

import json
import sys
from importlib.metadata import PackageNotFoundError

import pytest
import tiny_clips
import tiny_pictures
from tiny_parts import SHOT, SLOT

from bookfilm_nb.errors import ChoiceError, MissingPartError, ProviderError
from bookfilm_nb.model import FREE
from bookfilm_nb.providers import diffusers_images, diffusers_local
from bookfilm_nb.providers.diffusers_images import DiffusersImages, native_size
from bookfilm_nb.providers.diffusers_video import FAMILIES, DiffusersVideo, frames

pytestmark = pytest.mark.usefixtures("local_models")


def test_orders_are_kept_and_checked(pretended, tmp_path):
    engine = DiffusersVideo(str(pretended()))
    job = engine.submit(SLOT)
    assert job == engine.submit(SLOT)
    (file,) = (tmp_path / "cache" / "bookfilm" / "clips").glob("*.json")
    for name, text in (("gone", None), ("changed", file.read_text().replace("shore", "house")), ("broken", "{")):
        file.unlink() if text is None else file.write_text(text)
        with pytest.raises(ProviderError) as caught:
            engine.collect(job)
        assert caught.value.data["job"] == "gone", name
    for strange in ("", "local-../../x", "video_1"):
        with pytest.raises(ProviderError) as caught:
            engine.collect(strange)
        assert caught.value.data["job"] == "gone"


def test_an_order_for_another_model_is_gone(pretended):
    job = DiffusersVideo(str(pretended())).submit(SLOT)
    with pytest.raises(ProviderError) as caught:
        DiffusersVideo(str(pretended(boundary_ratio=0.9))).collect(job)
    assert caught.value.data["job"] == "gone"


def test_choosing_a_folder_imports_nothing_heavy(pretended):
    heavy = {"torch", "diffusers", "transformers"} & set(sys.modules)
    engine = DiffusersVideo(str(pretended()))
    assert engine.estimate(SLOT) == FREE
    assert engine.capabilities.needs == ("gpu",)
    assert {"torch", "diffusers", "transformers"} & set(sys.modules) == heavy


def test_what_is_not_installed_is_named(pretended, monkeypatch):
    folder = pretended()
    monkeypatch.setattr(diffusers_local, "_version", lambda package: "" if package == "diffusers" else "1.0")
    with pytest.raises(MissingPartError, match=r"diffusers is not installed.*bookfilm-nb\[local\]"):
        DiffusersVideo(str(folder))


def test_what_one_family_alone_needs_is_named(pretended, monkeypatch):
    def missing(package):
        raise PackageNotFoundError(package)

    monkeypatch.setattr("bookfilm_nb.providers.collecting.version", missing)
    DiffusersVideo(str(pretended()))
    with pytest.raises(MissingPartError, match=r"ftfy is not installed.*bookfilm-nb\[local\]"):
        DiffusersVideo(str(pretended(_class_name="WanImageToVideoPipeline")))


def test_no_folder_is_named(monkeypatch, pretended):
    with pytest.raises(MissingPartError, match="BOOKFILM_DIFFUSERS_MODEL"):
        DiffusersImages()
    with pytest.raises(MissingPartError, match="BOOKFILM_DIFFUSERS_VIDEO_MODEL"):
        DiffusersVideo()
    monkeypatch.setenv("BOOKFILM_DIFFUSERS_VIDEO_MODEL", str(pretended()))
    assert DiffusersVideo().family.name.startswith("Wan")


@pytest.mark.parametrize(
    ("index", "says"),
    [
        ({"_class_name": "StableDiffusionPipeline"}, "makes no clips"),
        ({"_class_name": ["mine.py", "Mine"]}, "a pipeline of its own"),
        ({"_class_name": 7}, "a pipeline of its own"),
        ({"transformer": ["mine", "Model"]}, "code that came with the model"),
        ({"transformer": ["os", "system"]}, "code that came with the model"),
        ({"transformer": []}, ""),
    ],
)
def test_folders_with_code_or_of_another_kind_are_refused(pretended, index, says):
    folder = pretended(**index)
    if not says:
        DiffusersVideo(str(folder))
        return
    with pytest.raises(ChoiceError, match=says):
        DiffusersVideo(str(folder))


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "\udcff", "[" * 100_000])
def test_an_index_that_is_none_is_an_error(pretended, text):
    folder = pretended()
    (folder / "model_index.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ChoiceError, match="holds no pipeline"):
        DiffusersVideo(str(folder))
    with pytest.raises(ChoiceError, match="holds no pipeline"):
        DiffusersVideo(str(folder / "nowhere"))


def test_without_safetensors_nothing_is_opened(pretended):
    folder = pretended()
    (weights,) = folder.rglob("*.safetensors")
    weights.rename(weights.with_suffix(".bin"))
    with pytest.raises(ChoiceError, match="There are no"):
        DiffusersVideo(str(folder))


def test_what_does_not_fit_the_gpu_goes_there_part_by_part():
    class Pipe:
        did = ""

        def to(self, where):
            self.did = where

        def enable_model_cpu_offload(self):
            self.did = "part by part"

    class Torch:
        class cuda:  # noqa: N801 - as torch has it
            @staticmethod
            def mem_get_info():
                return 10, 12

    for size, did in ((5, "cuda"), (7, "part by part")):
        pipe = Pipe()
        diffusers_local._placed(pipe, Torch, size, gpu=True)
        assert pipe.did == did


@pytest.mark.parametrize("kind", ["TextToVideoSDPipeline", "AnimateDiffPipeline"])
def test_models_that_read_few_words_begin_with_the_shot_clips(pretended, tmp_path, kind):
    DiffusersVideo(str(pretended(_class_name=kind))).submit(SLOT)
    (file,) = (tmp_path / "cache" / "bookfilm" / "clips").glob("*.json")
    assert json.loads(file.read_text())["prompt"].split().index("Wide") < 8


@pytest.mark.parametrize(
    "kind", ["StableDiffusionPipeline", "LatentConsistencyModelPipeline", "StableDiffusionXLPipeline"]
)
def test_models_that_read_few_words_begin_with_the_shot_pictures(pretended, monkeypatch, kind):
    def looked(_pipeline, asked, **_more):
        raise ProviderError(asked["prompt"])

    monkeypatch.setattr(diffusers_images, "run", looked)
    with pytest.raises(ProviderError) as caught:
        DiffusersImages(str(pretended(_class_name=kind))).draw(SHOT, width=640, height=360)
    assert caught.value.problem.split().index("Wide") < 8


@pytest.mark.parametrize("said", ["many", "-1", "nan", "inf"])
@pytest.mark.parametrize(
    ("setting", "engine", "kind"),
    [
        ("BOOKFILM_DIFFUSERS_STEPS", DiffusersVideo, "WanPipeline"),
        ("BOOKFILM_DIFFUSERS_STEPS", DiffusersImages, "FluxPipeline"),
        ("BOOKFILM_DIFFUSERS_GUIDANCE", DiffusersImages, "FluxPipeline"),
    ],
)
def test_a_setting_that_is_no_number_is_named(pretended, monkeypatch, setting, engine, kind, said):
    monkeypatch.setenv(setting, said)
    with pytest.raises(ChoiceError, match=setting):
        engine(str(pretended(_class_name=kind)))


def test_a_tiny_pipeline_is_there_for_every_family():
    assert set(tiny_clips.CLIPS) == set(FAMILIES)
    assert set(tiny_pictures.PICTURES) == set(diffusers_images.FAMILIES)


def test_memory_is_told_with_its_source():
    for family in (*FAMILIES.values(), *diffusers_images.FAMILIES.values()):
        assert bool(family.source) == (family.gpu_gb is not None)


def test_the_table_of_families_is_sound():
    for family in FAMILIES.values():
        assert family.width % family.multiple == family.height % family.multiple == 0
        assert (family.most - 1) % family.step == 0 or family.step == 1
        for seconds in (0.01, 1.0, 2.3, 100.0):
            count = frames(family, seconds)
            assert 2 <= count <= family.most
            assert family.step == 1 or count % family.step == 1
            assert count >= min(family.most, seconds * family.fps)


@pytest.mark.parametrize("side", [512, 1024])
@pytest.mark.parametrize("film", [(1280, 720), (1080, 1920), (400, 400)])
def test_pictures_have_the_films_shape(side, film):
    width, height = native_size(side, *film)
    assert width % 64 == height % 64 == 0
    assert width / height == pytest.approx(film[0] / film[1], rel=0.2)
    assert width * height == pytest.approx(side * side, rel=0.2)
