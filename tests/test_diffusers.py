"""Local diffusion models: real pipelines, tiny and random, saved to a folder and loaded by the real code."""

from __future__ import annotations

import io
import json
import shutil

import numpy as np
import pytest
import tiny_clips
import tiny_pictures
from PIL import Image
from tiny_parts import SHOT, SLOT, saved

from bookfilm_nb.errors import Cancelled, ProviderError
from bookfilm_nb.model import FREE
from bookfilm_nb.providers import diffusers_images, diffusers_local, footage
from bookfilm_nb.providers.diffusers_images import DiffusersImages
from bookfilm_nb.providers.diffusers_video import FAMILIES, DiffusersVideo, frames
from bookfilm_nb.testing import things

OTHER = SHOT.model_copy(update={"seed": 4})
REPHRASED = SHOT.model_copy(update={"prompt": SHOT.prompt.replace("Wide shot", "Close-up")})
PICTURE = things.picture("first", 640, 360)
FROM_WORDS = [name for name in tiny_clips.CLIPS if not FAMILIES[name].picture]
FROM_A_PICTURE = [name for name in tiny_clips.CLIPS if FAMILIES[name].picture]

pytestmark = pytest.mark.usefixtures("local_models")


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A function from a pipeline's class to a folder with such a pipeline."""
    pytest.importorskip("torch")
    pytest.importorskip("diffusers")
    pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("pipelines")
    kept = {}

    def find(name):
        if name not in kept:
            kept[name] = saved({**tiny_clips.CLIPS, **tiny_pictures.PICTURES}[name], folder)
        return kept[name]

    return find


def _video(folder):
    size = (64, 32) if "stable" not in folder.name else (64, 64)
    return DiffusersVideo(str(folder), size=size)


@pytest.fixture
def drawn(monkeypatch):
    """The pictures as the pipelines made them, before they are laid out."""
    pictures = []

    def remembered(*args, **more):
        made = run(*args, **more)
        pictures.append(made.images[0])
        return made

    run = diffusers_images.run
    monkeypatch.setattr(diffusers_images, "run", remembered)
    return pictures


@pytest.mark.slow
@pytest.mark.parametrize("name", tiny_pictures.PICTURES)
def test_a_picture_from_a_folder(made, drawn, name):
    engine = DiffusersImages(str(made(name)), side=128)
    shots = (SHOT, SHOT, OTHER, REPHRASED)
    one, two, other, rephrased = (engine.draw(shot, width=640, height=360) for shot in shots)
    assert one == two
    assert one.take != other.take
    assert one.take != rephrased.take
    assert {picture.shape for picture in drawn} == {(128, 192, 3)}
    (layer,) = one.take.layers
    picture = np.asarray(Image.open(io.BytesIO(one.blobs[layer.blob])))
    assert picture.shape[:2] == (one.take.height, one.take.width)
    assert picture.std() > 1
    assert one.receipt.cost == 0.0
    assert engine.estimate(SHOT, width=640, height=360) == FREE
    assert engine.capabilities.licence == "that of the model: apache-2.0"
    with pytest.raises(ProviderError, match="no pictures of people"):
        engine.draw(SHOT, width=640, height=360, references=[PICTURE])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["StableDiffusionPipeline", "QwenImagePipeline", "ZImagePipeline"])
def test_guidance_counts_whatever_the_pipeline_calls_it(made, monkeypatch, name):
    takes = []
    for guidance in ("", "0", "9"):
        monkeypatch.setenv("BOOKFILM_DIFFUSERS_GUIDANCE", guidance)
        takes.append(DiffusersImages(str(made(name)), side=64).draw(SHOT, width=64, height=64).take)
    assert len({take.layers[0].blob for take in takes}) == 3


@pytest.mark.slow
def test_without_a_setting_qwen_image_is_guided(made, monkeypatch):
    folder = str(made("QwenImagePipeline"))
    plain = DiffusersImages(folder, side=64).draw(SHOT, width=64, height=64)
    monkeypatch.setenv("BOOKFILM_DIFFUSERS_GUIDANCE", "1")
    assert DiffusersImages(folder, side=64).draw(SHOT, width=64, height=64).take != plain.take


@pytest.mark.slow
def test_whatever_a_pipeline_raises_is_told_as_the_models_fault(made, monkeypatch):
    monkeypatch.setenv("BOOKFILM_DIFFUSERS_STEPS", "1")
    # With one step it looks for something that its usual scheduler does not give
    engine = DiffusersImages(str(made("PixArtAlphaPipeline")), side=64)
    with pytest.raises(ProviderError, match="failed: tuple index"):
        engine.draw(SHOT, width=64, height=64)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["PixArtAlphaPipeline", "PixArtSigmaPipeline"])
def test_brackets_reach_the_model(made, name):
    engine = DiffusersImages(str(made(name)), side=64)
    with_brackets, without = (
        engine.draw(SHOT.model_copy(update={"prompt": prompt}), width=64, height=64) for prompt in ("[Ann]", "Ann")
    )
    assert with_brackets.take != without.take


@pytest.mark.slow
@pytest.mark.parametrize("name", FROM_WORDS)
def test_a_clip_from_words(made, name):
    engine = _video(made(name))
    heard = []
    job = engine.submit(SLOT)
    clip = engine.collect(job, told=heard.append)
    found = footage.measured(clip.data)
    assert (found.width, found.height) == (64, 32)
    assert found.frames == frames(engine.family, 0.5)
    assert found.seconds == pytest.approx(found.frames / engine.family.fps, abs=0.05)
    assert heard == [0.5, 1.0, 1.0]
    # The order outlives the process that wrote it, and gives the same clip
    again = _video(made(name))
    assert again.submit(SLOT) == job
    assert again.collect(job).data == clip.data
    for shot in (OTHER, REPHRASED):
        assert again.collect(again.submit(SLOT._replace(shot=shot))).data != clip.data


@pytest.mark.slow
@pytest.mark.parametrize("name", FROM_A_PICTURE)
def test_a_clip_from_a_first_frame(made, name):
    engine = _video(made(name))
    with pytest.raises(ProviderError, match="first frame"):
        engine.submit(SLOT)
    job = engine.submit(SLOT._replace(first_frame=PICTURE))
    assert footage.measured(engine.collect(job).data).frames == frames(engine.family, 0.5)
    assert engine.submit(SLOT._replace(first_frame=things.picture("second", 64, 64))) != job


@pytest.mark.slow
def test_upright_films_get_upright_clips(made):
    engine = _video(made("LTXPipeline"))
    found = footage.measured(engine.collect(engine.submit(SLOT._replace(seconds=0.1, width=360, height=640))).data)
    assert (found.width, found.height) == (32, 64)


@pytest.mark.slow
@pytest.mark.parametrize("name", tiny_clips.CLIPS)
def test_a_clip_that_is_stopped_ends_with_the_step(made, monkeypatch, name):
    monkeypatch.setenv("BOOKFILM_DIFFUSERS_STEPS", "3")
    engine = _video(made(name))
    job = engine.submit(SLOT._replace(seconds=0.1, first_frame=PICTURE))
    heard = []

    def stop(share):
        heard.append(share)
        if len(heard) == 2:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        engine.collect(job, told=stop)
    assert heard == pytest.approx([1 / 3, 2 / 3])
    # What was stopped can be begun again
    again = []
    engine.collect(job, told=again.append)
    assert again == pytest.approx([1 / 3, 2 / 3, 1.0, 1.0])


@pytest.mark.slow
@pytest.mark.parametrize("name", [*tiny_pictures.PICTURES, *tiny_clips.CLIPS])
def test_it_works_with_the_numbers_that_a_gpu_reckons_in(made, monkeypatch, name):
    monkeypatch.setattr(diffusers_local, "_gpu", lambda _torch: True)
    monkeypatch.setattr(diffusers_local, "_placed", lambda *_args, **_more: None)
    diffusers_local._loaded.cache_clear()
    if name in tiny_pictures.PICTURES:
        assert DiffusersImages(str(made(name)), side=64).draw(SHOT, width=64, height=64).blobs
    else:
        engine = _video(made(name))
        assert engine.collect(engine.submit(SLOT._replace(seconds=0.1, first_frame=PICTURE))).data
    diffusers_local._loaded.cache_clear()


@pytest.mark.slow
def test_hunyuan_video_gives_the_frames_asked_for_where_it_cuts_some_off(tmp_path, made):  # noqa: ARG001 - skips
    engine = _video(saved(tiny_clips.hunyuan_video_beside_a_picture, tmp_path))
    job = engine.submit(SLOT._replace(first_frame=PICTURE))
    assert footage.measured(engine.collect(job).data).frames == frames(engine.family, 0.5)


@pytest.mark.slow
def test_weights_that_were_pickled_or_damaged_are_not_read(made, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(made("LTXPipeline"), folder)
    (weights,) = (folder / "transformer").glob("*.safetensors")
    weights.write_bytes(weights.read_bytes()[:-5000])
    engine = _video(folder)
    with pytest.raises(ProviderError, match="cannot be loaded"):
        engine.collect(engine.submit(SLOT))
    weights.rename(weights.with_suffix(".bin"))
    engine = _video(folder)
    with pytest.raises(ProviderError, match="cannot be loaded"):
        engine.collect(engine.submit(SLOT))


@pytest.mark.slow
def test_a_tokenizer_in_the_form_in_which_it_is_downloaded(made, tmp_path):
    sentencepiece = pytest.importorskip("sentencepiece")
    folder = tmp_path / "copy"
    shutil.copytree(made("LTXPipeline"), folder)
    (folder / "tokenizer" / "tokenizer.json").unlink()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a lamp burns on the rock", "the sea is dark tonight"] * 50), vocab_size=22, pad_id=0,
        eos_id=1, unk_id=2, bos_id=-1, model_prefix=str(folder / "tokenizer" / "spiece"),
    )  # fmt: skip
    engine = _video(folder)
    assert engine.collect(engine.submit(SLOT)).data


@pytest.mark.slow
def test_every_family_is_a_pipeline_of_the_installed_diffusers(made):  # noqa: ARG001 - skips without diffusers
    import diffusers

    known = [*FAMILIES, *diffusers_images.FAMILIES]
    assert [name for name in known if not hasattr(diffusers, name)] == []


@pytest.mark.slow
@pytest.mark.parametrize("quoted", ['"The shore"', "“The shore”", "«The shore»"])
def test_names_of_places_are_no_lettering_for_a_model_that_writes_what_is_quoted(pretended, tmp_path, quoted):
    pipelines = pytest.importorskip("diffusers.pipelines.hunyuan_video1_5.pipeline_hunyuan_video1_5")
    shot = SHOT.model_copy(update={"prompt": SHOT.prompt.replace('"The shore"', quoted)})
    DiffusersVideo(str(pretended(_class_name="HunyuanVideo15Pipeline"))).submit(SLOT._replace(shot=shot))
    (file,) = (tmp_path / "cache" / "bookfilm" / "clips").glob("*.json")
    prompt = json.loads(file.read_text())["prompt"]
    assert "sea shore The shore, dusk" in prompt
    assert pipelines.extract_glyph_texts(prompt) is None
