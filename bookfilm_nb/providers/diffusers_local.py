"""Diffusion pipelines from a folder on this machine: opened as hostile, never downloaded, never unpickled.

A folder is what ``DiffusionPipeline.save_pretrained`` writes and what a model's page offers as its files:
``model_index.json`` and a folder a component. Weights must be ``.safetensors``; the pipeline and its components must be
classes of diffusers and transformers themselves, so no code of the folder runs.
"""

from __future__ import annotations

import inspect
import json
import math
import re
from contextlib import contextmanager
from functools import lru_cache, wraps
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bookfilm_nb.errors import BookfilmError, ChoiceError, MissingPartError, ProviderError
from bookfilm_nb.model import digest_of
from bookfilm_nb.settings import option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "BRIEF_STYLE",
    "FOLDER",
    "GUIDANCE",
    "STEPS",
    "VIDEO_FOLDER",
    "Pipeline",
    "config_of",
    "number",
    "opened_folder",
    "run",
    "unquoted",
]

FOLDER = "BOOKFILM_DIFFUSERS_MODEL"
VIDEO_FOLDER = "BOOKFILM_DIFFUSERS_VIDEO_MODEL"
STEPS = "BOOKFILM_DIFFUSERS_STEPS"
"""Steps of denoising; 0 is what the pipeline does by itself."""
GUIDANCE = "BOOKFILM_DIFFUSERS_GUIDANCE"
"""How closely a picture follows the words; what the pipeline does by itself where it is not set."""
INSTALL = "pip install 'bookfilm-nb[local]'"
BRIEF_STYLE = "Animated film, ink and gouache."
"""For models that read no more than CLIP does, 77 tokens: what comes after them is lost."""
_MOST_JSON = 1 << 20
_LIBRARIES = {"diffusers", "transformers"}
_SMALL_PARTS = ("safety_checker", "feature_extractor", "image_encoder", "image_processor")
_HALF = {"StableVideoDiffusionPipeline": "float16"}
"""What a GPU reckons in, where it is not bfloat16: the VAE of this one is given its picture in float32 then."""
_QUOTES = str.maketrans("", "", '"“”„«»')


class Pipeline(NamedTuple):
    """A folder that holds a pipeline, read but not loaded."""

    folder: Path
    name: str
    """The name of the pipeline's class in diffusers."""
    licence: str
    revision: str
    """Digest of what is in the folder (names, sizes, settings) and of the versions that would run it."""
    weight_bytes: int


def opened_folder(path: str, *, setting: str, known: Callable[[str], bool], makes: str) -> Pipeline:
    """Read the folder at ``path``, or the one that the setting names.

    ``known`` says whether a pipeline class is one that makes ``makes`` ("pictures", "clips"). Raises ChoiceError for a
    folder that is none or holds something else, MissingPartError where no folder is named.
    """
    where = path or option(setting, "").value
    if not where:
        raise MissingPartError(
            f"No folder with a model for {makes} is named.",
            hint=f"Set {setting} to a folder that holds a model_index.json, or choose diffusers:FOLDER.",
            part="diffusers",
        )
    folder = Path(where).expanduser()
    index = _json(folder / "model_index.json", folder)
    name = index.get("_class_name")
    if not isinstance(name, str) or not known(name):
        raise ChoiceError(
            f"The model in {folder} is a {name if isinstance(name, str) else 'pipeline of its own'}, which makes no "
            f"{makes} here.",
            hint="bookfilm_nb.providers.diffusers_video.FAMILIES and diffusers_images.FAMILIES list what does.",
            folder=str(folder),
        )
    _check_parts(index, folder)
    weights = [f for f in sorted(folder.rglob("*.safetensors")) if f.is_file()]
    if not weights:
        raise ChoiceError(
            f"There are no .safetensors files in {folder}.",
            hint="Files of other kinds (.bin, .ckpt) may run code when they are read, and are not opened.",
            folder=str(folder),
        )
    versions = {package: _version(package) for package in ("torch", "diffusers", "transformers")}
    for package, found in versions.items():
        if not found:
            raise MissingPartError(f"{package} is not installed.", hint=INSTALL, part=package)
    facts = {
        "index": index,
        "weights": [[str(f.relative_to(folder)), f.stat().st_size] for f in weights],
        "versions": versions,
    }
    size = sum(f.stat().st_size for f in weights)
    return Pipeline(folder, name, _licence(folder), digest_of(facts)[:12], size)


def config_of(pipeline: Pipeline, part: str) -> dict[str, Any]:
    """The settings of one part of a pipeline. Raises ChoiceError where they cannot be read."""
    return _json(pipeline.folder / part / "config.json", pipeline.folder)


def number(setting: str) -> float | None:
    """What a setting says; None where it is not set. Raises ChoiceError for what is no number, or less than 0."""
    said = option(setting, "").value
    if not said:
        return None
    try:
        found = float(said)
    except ValueError:
        found = math.nan
    if not 0 <= found < math.inf:
        raise ChoiceError(f"{setting} is {said!r}, which is no number of 0 or more.", hint=f"Set {setting} anew.")
    return found


def unquoted(prompt: str) -> str:
    """The prompt without quotation marks: models that can write paint what stands in them as lettering."""
    return prompt.translate(_QUOTES)


def _json(file: Path, folder: Path) -> dict[str, Any]:
    found: object = None
    why = "it is no JSON object"
    try:
        with file.open(encoding="utf-8") as opened:
            found = json.loads(opened.read(_MOST_JSON))
    except (OSError, ValueError, RecursionError) as fault:
        why = str(fault)
    if not isinstance(found, dict):
        raise ChoiceError(
            f"{folder} holds no pipeline: {file.name} cannot be read ({why}).",
            hint="Name a folder as DiffusionPipeline.save_pretrained writes it.",
            folder=str(folder),
        )
    return found


def _check_parts(index: dict[str, Any], folder: Path) -> None:
    """Raise ChoiceError for a component that is no class of diffusers or transformers: it would be code in there."""
    for part, made_of in index.items():
        if part.startswith("_") or not isinstance(made_of, list):
            continue
        library, kind = [*made_of, None, None][:2]
        own_module = isinstance(library, str) and re.fullmatch(r"stable_diffusion|pipeline_\w+", library)
        if library in _LIBRARIES or (library is None and kind is None) or (own_module and part in _SMALL_PARTS):
            continue
        raise ChoiceError(
            f"The part {part} of the model in {folder} is {library}.{kind}: code that came with the model is not run.",
            hint="Use a model whose parts are those of diffusers and transformers.",
            folder=str(folder),
        )


def _licence(folder: Path) -> str:
    """What the model's own page in the folder says: the ``license:`` of its head."""
    try:
        with (folder / "README.md").open(encoding="utf-8", errors="replace") as file:
            head = file.read(8192)
    except OSError:
        return "that of the model"
    found = re.search(r"(?m)^license(?:_name)?:\s*([\w .+-]{2,60})\s*$", head.partition("\n---")[0])
    return f"that of the model: {found[1].strip()}" if found else "that of the model"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


@lru_cache(maxsize=1)
def _loaded(folder: str, name: str, revision: str, weight_bytes: int) -> Any:  # noqa: ANN401, ARG001 - diffusers' own
    """The pipeline on the best device here. The last one is kept: loading takes longer than most shots."""
    diffusers, torch = import_module("diffusers"), import_module("torch")
    kind = getattr(diffusers, name, None)
    if kind is None:
        raise MissingPartError(
            f"The installed diffusers {diffusers.__version__} has no {name}.",
            hint="pip install --upgrade diffusers, or an older one that still carries it.",
            part="diffusers",
        )
    for package in ("diffusers", "transformers"):
        # Their bars go to stderr, whoever is in charge of it
        import_module(f"{package}.utils.logging").disable_progress_bar()
    gpu = _gpu(torch)
    try:
        pipe = kind.from_pretrained(
            folder,
            local_files_only=True,
            use_safetensors=True,
            trust_remote_code=False,
            torch_dtype=getattr(torch, _HALF.get(name, "bfloat16") if gpu else "float32"),
        )
    except Exception as fault:  # diffusers, transformers and safetensors raise what they like
        raise ProviderError(
            f"The model in {folder} cannot be loaded: {type(fault).__name__}: {_short(fault)}.",
            hint="Get its files again, all of them as .safetensors.",
        ) from fault
    pipe.set_progress_bar_config(disable=True)
    _placed(pipe, torch, weight_bytes, gpu=gpu)
    return pipe


def _gpu(torch: Any) -> bool:  # noqa: ANN401 - the module
    return bool(torch.cuda.is_available())


def _placed(pipe: Any, torch: Any, weight_bytes: int, *, gpu: bool) -> None:  # noqa: ANN401 - diffusers' own
    """Onto the GPU, where there is one; one component at a time where all together would leave no room to work."""
    if not gpu:
        return
    free, _ = torch.cuda.mem_get_info()
    if weight_bytes > free * 0.6:
        pipe.enable_model_cpu_offload()
    else:
        pipe.to("cuda")


def run(pipeline: Pipeline, asked: dict[str, Any], *, seed: int, told: Callable[[float], None] | None = None) -> Any:  # noqa: ANN401 - the pipeline's own output
    """Run the pipeline with those of the arguments that it knows; the same seed gives the same output on one machine.

    ``told`` hears the share of the steps and may raise to stop. Raises ProviderError.
    """
    pipe = _loaded(str(pipeline.folder), pipeline.name, pipeline.revision, pipeline.weight_bytes)
    torch = import_module("torch")
    takes = inspect.signature(pipe.__call__).parameters
    given = {name: value for name, value in asked.items() if name in takes and value is not None}
    try:
        with torch.inference_mode(), _heard(pipe, told):
            return pipe(**given, generator=torch.Generator("cpu").manual_seed(seed))
    except BookfilmError:
        raise
    except Exception as fault:  # pipelines raise what they like
        room = "out of memory" in str(fault).casefold() or isinstance(fault, MemoryError)
        raise ProviderError(
            f"The model in {pipeline.folder} failed: {_short(fault)}.",
            hint="It needs more memory than there is: choose a smaller size or model." if room else "See what it says.",
        ) from fault


@contextmanager
def _heard(pipe: Any, told: Callable[[float], None] | None) -> Iterator[None]:  # noqa: ANN401 - diffusers' own
    """Tell the share after each step of the scheduler: every pipeline takes these, not every one has a callback."""
    scheduler, done = pipe.scheduler, 0
    step = scheduler.step

    @wraps(step)  # Pipelines look up what arguments it takes
    def step_and_tell(*args: Any, **more: Any) -> Any:  # noqa: ANN401 - the scheduler's own
        nonlocal done
        stepped = step(*args, **more)
        done += 1
        if told is not None:
            told(min(1.0, done / len(scheduler.timesteps)))
        return stepped

    scheduler.step = step_and_tell
    try:
        yield
    except BaseException:
        # A pipeline that ended early has left its parts on the GPU
        pipe.maybe_free_model_hooks()
        raise
    finally:
        del scheduler.step


def _short(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:300]
