"""Errors in Russian: every sentence that an error can say has a Russian twin, and real ones are shown with it."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from error_sentences import sentences
from film_files import RUSSIAN

import bookfilm_nb
from bookfilm_nb.books import read_book
from bookfilm_nb.books.reader import SIGNATURES
from bookfilm_nb.errors import StoreError
from bookfilm_nb.model import Estimate
from bookfilm_nb.production import Production, Till
from bookfilm_nb.providers import load_image_model
from bookfilm_nb.providers.catalogue import catalogue
from bookfilm_nb.settings import required
from bookfilm_nb.storyboard.table import read_csv
from bookfilm_nb.studio import start
from bookfilm_nb.studio.going_on import go_on
from bookfilm_nb.widgets.errors_told import RUSSIAN_ERRORS, told_error
from bookfilm_nb.widgets.jobs import FilmJob
from bookfilm_nb.widgets.panels import MoneyPanel, ScreenplayPanel, StoryboardPanel, TemplatePanel
from bookfilm_nb.widgets.terms import decimal, figure
from bookfilm_nb.widgets.words import set_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bookfilm_nb.widgets.panels.base import Panel

PACKAGE = Path(bookfilm_nb.__file__).parent
SHOWN = (
    "books", "reading", "screenwriting", "storyboard", "voices", "providers", "illustrator", "composer", "cutting",
    "render", "delivery", "review", "production", "studio", "settings.py", "widgets", "model", "movies/templates",
    "errors.py", "progress.py",
)  # fmt: skip
ELSEWHERE = {
    "movies": "tables of films: notebooks 01 to 03 and bookfilm data",
    "course": "the course's own recipe: a notebook",
    "testing": "the server of the tests: a shell",
    "app": "starts the page: a shell",
    "cli.py": "a shell",
    "cli_data.py": "a shell",
    "cli_money.py": "a shell",
    "cli_voices.py": "a shell",
    "doctor.py": "a shell",
    "__init__.py": "says nothing",
}  # fmt: skip
"""What speaks to nobody at a panel, and to whom it does."""
MADE_FROM_TABLES = {"make.py", "pooling.py", "sources.py"}
"""In movies/templates: what makes the shipped figures, in a shell."""
COMMAND = re.compile(r"(pip install|bookfilm voices get) [^ ]+( [^ ]+)?")
ENGLISH = re.compile(
    r"\b(the|an?|is|are|was|of|to|and|or|not|no|it|its|with|for|from|in|on|that|this|there)\b(?![-./=])"
)
_HOLE = re.compile(r"\{(\d)(!r)?\}")
_LATIN = re.compile(r"[A-Za-z][\w-]*", re.ASCII)


@pytest.fixture(autouse=True)
def _russian() -> Iterator[None]:
    set_language("ru")
    yield
    set_language("")


def filled(template: str) -> tuple[str, set[str]]:
    """The sentence with a number in each hole, and these numbers."""
    put = {f"700{number}" for number, _ in _HOLE.findall(template)}
    return _HOLE.sub(lambda hole: f"'700{hole[1]}'" if hole[2] else f"700{hole[1]}", template), put


def shown_files() -> list[Path]:
    found = [
        file
        for name in SHOWN
        for file in ([PACKAGE / name] if name.endswith(".py") else (PACKAGE / name).rglob("*.py"))
    ]
    return [file for file in sorted(found) if not (file.parent.name == "templates" and file.name in MADE_FROM_TABLES)]


def test_every_folder_is_looked_at_or_says_who_reads_it() -> None:
    there = {p.name for p in PACKAGE.iterdir() if p.suffix == ".py" or (p.is_dir() and p.name != "__pycache__")}
    assert there - ELSEWHERE.keys() == {name for name in SHOWN if "/" not in name}


def test_every_sentence_of_an_error_has_a_russian_twin_with_all_that_is_put_in() -> None:
    found = {s.text: s.where for file in shown_files() for s in sentences(file)}
    assert len(found) > 450
    missing = []
    for template, where in found.items():
        text, put = filled(template)
        shown = told_error(text)
        plain = COMMAND.fullmatch(text) or not re.search(r"[A-Za-z]+( |\.$)", text)
        if not plain and (shown == text or ENGLISH.search(shown) or any(one not in shown for one in put)):
            missing.append(f"{where}: {template!r} is shown as {shown!r}")
    assert not missing, "\n".join(missing)


def test_the_twins_keep_the_holes_and_add_no_english() -> None:
    for english, russian in RUSSIAN_ERRORS.items():
        holes = set(re.findall(r"\{(\w+)\}", english))
        kept = set(re.findall(r"\{(\w+)\}", russian))
        assert holes - {"code"} <= kept <= holes, english
        ours = {"BookFilm", "XML", "WAV", "UTF-8", "zip-", "true", "false", "all", "ru", "docx"}
        assert set(_LATIN.findall(re.sub(r"\{\w+\}", "", russian))) <= {*_LATIN.findall(english), *ours}, english
        assert not ENGLISH.search(russian), english


def test_what_a_file_is_instead_of_a_book_and_why_a_model_ended() -> None:
    for _, what in SIGNATURES:
        shown = told_error(f"x is {what}, not a book that can be read.")
        assert not ENGLISH.search(shown), shown
        assert what not in shown
    for model in catalogue().values():
        if model.ends:
            shown = told_error(f"{model.id} ended on {model.ends} ({model.source}).")
            assert not ENGLISH.search(shown), shown


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film with a storyboard, and its book."""
    folder = tmp_path_factory.mktemp("errors")
    (folder / "часы.txt").write_text(RUSSIAN, "utf-8")
    out = folder / "фильм"
    go_on(folder / "часы.txt", out, until="storyboard", minutes=0.2, voice="espeak").production.store.close()
    return out


def shown(panel: Panel) -> tuple[str, str]:
    """Problem and hint as the panel shows them; the traceback is folded and stays as it is."""
    text = re.sub(r"<details>.*</details>", "", panel._error.value, flags=re.DOTALL)
    problem, _, hint = unescape(re.sub(r"</p>", "\n", text)).partition("\n")
    return re.sub(r"<[^>]+>", "", problem), re.sub(r"<[^>]+>", "", hint).strip().removeprefix("Что делать: ")


def _zip(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def _written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def _reserve(film: Path, estimate: Estimate) -> None:
    production = Production.open(film)
    try:
        till = Till(production.store, budget_usd=1.0)
        till.reserve(stage="shoot", name="s01h02", key="k", engine="openai", model="m-1", estimate=estimate)
    finally:
        production.store.close()


class Place(NamedTuple):
    """The film, and a folder for what is made wrong."""

    film: Path
    tmp: Path


BROKEN = {
    "a missing book": (
        lambda at: read_book(at.tmp / "нет её.txt"),
        "Нет файла {tmp}/нет её.txt.",
        "Проверьте путь; в блокноте он отсчитывается от папки блокнота.",
    ),
    "a zip bomb": (
        lambda at: read_book(_zip(at.tmp / "бомба.epub", {"x": "0" * 20_000_000})),
        "бомба.epub упакован как zip-бомба: при распаковке он растёт в 1028 раз, а допускается не больше 200.",
        "Не доверяйте этому файлу: книга в миллион слов — это около 6 МиБ.",
    ),
    "a broken epub": (
        lambda at: read_book(_zip(at.tmp / "б.epub", {"META-INF/container.xml": "<container><a></container>"})),
        (
            "б.epub (META-INF/container.xml) обрывается или повреждён в строке 1: открывающий тег a в строке 1 "
            "не закрыт, а закрывается container, строка 1, столбец 27."
        ),
        "Это неправильный XML, чаще всего из-за обрыва; получите файл заново.",
    ),
    "an archive without a book": (
        lambda at: read_book(_zip(at.tmp / "а б.zip", {"a.png": "x"})),
        "В архиве а б.zip нет книги, которую можно прочитать (внутри: a.png).",
        "BookFilm читает txt, epub, fb2, fb2.zip и docx. Распакуйте архив и возьмите одну книгу.",
    ),
    "French": (
        lambda at: read_book(_written(at.tmp / "f.txt", "Le chat est sur la table avec son ami. " * 60)),
        "Язык книги не подходит: в f.txt латиница, но не английский язык; BookFilm читает по-английски и по-русски.",
        "Если это всё же один из них, задайте language=en или language=ru.",
    ),
    "an unknown voice": (
        lambda at: start(at.film.parent / "часы.txt", at.tmp / "ф", voice="робот"),
        "Нет такого движка: «робот» (голос).",
        "Выберите: espeak, festival, gtts, hibari, openai, piper.",
    ),
    "a size that there is not": (
        lambda at: start(at.film.parent / "часы.txt", at.tmp / "ф", size="8k"),
        "size: «8k» не годится: можно только «480p», «720p», «1080p» или «vertical».",
        "Возможные значения перечисляет `bookfilm film --help`.",
    ),
    "a genre that there is not": (
        lambda at: start(at.film.parent / "часы.txt", at.tmp / "ф", genre="mystery 0.7 + dramma 0.3"),
        "Для жанра «dramma» шаблона нет.",
        "Может быть, drama или romance? Выберите: action, ",
    ),
    "the budget": (
        lambda at: _reserve(at.film, Estimate(low=2, likely=2.2, high=2.5, basis="a guess")),
        "Слишком дорого: s01h02 может стоить 2,5000 USD, а из бюджета 1,0000 USD потрачено или удержано 0,0000.",
        "Поднимите бюджет, и работа пойдёт дальше; всё сделанное сохранено.",
    ),
    "a price that nobody knows": (
        lambda at: _reserve(at.film, Estimate(basis="m-1: 1,234 input tokens; the price is not known")),
        "Сколько стоит s01h02 с m-1, здесь неизвестно: m-1: токенов на входе: 1\u00a0234; цена неизвестна.",
        "Уберите бюджет или разрешите неизвестные цены.",
    ),
    "a retired model": (
        lambda _: load_image_model("openai:dall-e-3"),
        "openai/dall-e-3 закончился 2026-05-12 (список прекращаемых моделей OpenAI, прочитан 2026-11).",
        "Вместо него — openai:",
    ),
    "a missing key": (
        lambda _: required("OPENAI_API_KEY", get_it_at="https://example.org/keys"),
        "Не задан ключ OPENAI_API_KEY.",
        (
            "Задайте переменную окружения OPENAI_API_KEY, или впишите OPENAI_API_KEY=... в файл .env в рабочей папке "
            "(pip install 'bookfilm-nb[keys]'), или выполните: keyring set bookfilm OPENAI_API_KEY."
        ),
    ),
    "an edited storyboard": (
        lambda at: read_csv(at.film.joinpath("storyboard.csv").read_text("utf-8").replace(",fade,", ",gone,", 1)),
        "Строка 2 раскадровки: в столбце transition такого не бывает: «gone».",
        "Возможные значения: ",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_real_error_is_shown_in_russian(
    name: str, film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    work, problem, hint = BROKEN[name]
    panel = MoneyPanel(film)
    assert not panel.attempt(lambda: work(Place(film, tmp_path)))
    said, tried = shown(panel)
    assert said == problem.replace("{tmp}", str(tmp_path))
    assert tried.startswith(hint)
    assert not ENGLISH.search(tried), tried
    assert "Traceback" in panel._error.value


def test_a_broken_line_of_the_screenplay_is_said_with_its_number(film: Path) -> None:
    panel = ScreenplayPanel(film)
    before = panel.text.value
    panel.text.value = re.sub(r"\[\[\d+-\d+\]\]", "", before, count=1)
    panel.save.click()
    assert panel.settled()
    line = next(n for n, text in enumerate(before.split("\n"), 1) if "[[" in text)
    assert shown(panel)[0] == f"Строка {line} сценария: это реплика, но не сказано, из какого она места книги."
    assert not ENGLISH.search(shown(panel)[1])


def test_a_production_that_somebody_else_holds(film: Path) -> None:
    production = Production.open(film)
    try:
        panel = MoneyPanel(film)
        panel.attempt(lambda: _busy(production))
        assert shown(panel) == (
            f"С папкой {film} работает процесс 12.", "Подождите или остановите его там, потом нажмите «Обновить».",
        )  # fmt: skip
    finally:
        production.store.close()


def _busy(production: Production) -> None:
    raise StoreError(f"{production.folder} is being worked on by process 12.", hint="Wait.", holder="process 12")


def test_the_log_of_a_job_tells_error_and_notices_in_russian(film: Path) -> None:
    job = FilmJob(film, "review")
    told = {"ended": "failed", "kind": "ProviderError", "problem": "s01h02: m-1 failed: 500: Oh. Call it in.",
            "hint": "What was made is kept; run it again to go on from here.",
            "notices": ["3 replies were taken from the recorded run проба.tape, and not bought."]}  # fmt: skip
    job._finish(told, 1)
    assert list(job.lines) == [
        "s01h02: m-1: сбой: 500: Oh. Call it in. Сделанное сохранено; запустите снова, и работа пойдёт дальше.",
        "Ответов взято из записи прогона проба.tape, а не куплено: 3.",
    ]


def test_what_nobody_translated_stays_as_it_is_and_what_follows_it_is_told() -> None:
    assert told_error("Nobody knows this.") == "Nobody knows this."
    assert told_error("Nobody knows this. Choose another voice.") == "Nobody knows this. Выберите другой голос."
    assert told_error("") == ""
    for pages in ("ValueError: " + "It is not so. And: why (line 3)? " * 500, "x: " * 3000, "a is b, c " * 50_000):
        assert told_error(pages)[:9] == pages[:9]
    assert told_error("{n} is empty.") == "Файл {n} пуст."
    set_language("en")
    assert told_error("x.txt is empty.") == "x.txt is empty."


def test_decimals_have_a_comma_in_russian_and_a_point_in_english() -> None:
    assert (decimal(2.5), decimal(0.3, ".2f"), decimal(-1.25, "+.1f"), decimal(1234.5, ",.1f")) == (
        "2,5", "0,30", "-1,2", "1\u00a0234,5",
    )  # fmt: skip
    assert (figure("2.5"), figure("1,234"), figure("gpt-4.1"), figure("1.2.3"), figure("a, b")) == (
        "2,5", "1\u00a0234", "gpt-4.1", "1.2.3", "a, b",
    )  # fmt: skip
    set_language("en")
    assert (decimal(2.5), figure("1,234")) == ("2.5", "1,234")


def test_the_panels_show_a_comma(film: Path) -> None:
    template = TemplatePanel(film)
    assert re.search(r"Средний план \d+,\d с", template._chart.value)
    assert not re.search(r">\d+\.\d+<", template._chart.value)
    assert template.shares[0].point == ","
    assert re.search(r"\d,\d с", StoryboardPanel(film).grid.items[0]["name"])
    money = MoneyPanel(film)
    money.budget.value = "2,5"
    money.save.click()
    assert money.problem == ""
    assert MoneyPanel(film).budget.value == "2,5"
    money.budget.value = ""
    money.save.click()
