from __future__ import annotations

import pytest

from bookfilm_nb.reading.mood import emotion_of, expected, mood_of

LINES = [
    ("en", "“It is a door,” said Tom.", "neutral"),
    ("en", "“When?” he asked.", "neutral"),
    ("en", "“Run!” she screamed.", "afraid"),
    ("en", "“Who is there?” he whispered, trembling.", "afraid"),
    ("en", "“I am not afraid,” said Tom.", "neutral"),
    ("en", "“Get out, you scoundrel!” he shouted.", "angry"),
    ("en", "“How dare you!” said the captain.", "angry"),
    ("en", "“Ha!” She laughed.", "laughing"),
    ("en", "“He is gone,” she sobbed.", "sad"),
    ("en", "“I am not happy here,” he said sadly.", "sad"),
    ("en", "“My dear child,” she said gently.", "tender"),
    ("en", "“Good heavens!” he exclaimed.", "surprised"),
    ("en", "“Perhaps,” he said thoughtfully.", "thoughtful"),
    ("en", "“So you say,” he sneered.", "suspicious"),
    ("en", "“I could sleep for a week,” he yawned.", "tired"),
    ("en", "“You?!” said Tom.", "surprised"),
    ("en", "“Hush,” she said anxiously.", "worried"),
    ("en", "“What a wonderful day!” he said, beaming.", "happy"),
    ("ru", "— Это дверь, — сказал он.", "neutral"),
    ("ru", "— Спасите! — завопила она.", "afraid"),
    ("ru", "— Пошёл прочь, негодяй! — закричал мельник.", "angry"),
    ("ru", "— Вот так штука! — Он захохотал.", "laughing"),
    ("ru", "— Его больше нет, — сказала она сквозь слёзы.", "sad"),
    ("ru", "— Голубушка моя, — сказала она ласково.", "tender"),
    ("ru", "— Откуда? — удивился учитель.", "surprised"),
    ("ru", "— Пожалуй, — сказал он задумчиво.", "thoughtful"),
    ("ru", "— Не бойся, — сказала бабушка.", "tender"),
    ("ru", "— Я не боюсь, — сказал он.", "neutral"),
    ("ru", "— Ох, устал, — сказал он и зевнул.", "tired"),
    ("ru", "— Слава богу! — сказала она радостно.", "happy"),
]


@pytest.mark.parametrize(("language", "line", "emotion"), LINES, ids=lambda v: str(v)[:30])
def test_emotion_of_a_line(language, line, emotion):
    assert emotion_of(line, language) == emotion


@pytest.mark.parametrize("language", ["en", "ru"])
def test_nothing_told_is_neutral_and_calm(language):
    assert emotion_of("", language) == "neutral"
    assert mood_of([], language) == "calm"


MOODS = [
    ("en", "They laughed and danced, and the children sang merry songs at the feast.", "happy"),
    ("en", "She wept over the grave, and nobody could comfort her grief. Her tears fell on the coffin.", "sad"),
    ("en", "A ghost screamed in the dark. He trembled with terror, pale as a corpse.", "fearful"),
    ("en", "He cursed in fury, struck the villain with his fist, and glared at his enemy with hatred.", "angry"),
    ("en", "The cup stood on the table. He poured the tea.", "calm"),
    ("en", "She kissed him, loving and tender, and held her beloved in her arms.", "tender"),
    ("ru", "Все смеялись и плясали, весело пели песни на свадьбе.", "happy"),
    ("ru", "Она плакала у могилы, и слёзы текли от горя и тоски.", "sad"),
    ("ru", "Мертвец встал из гроба, и от ужаса и страха он задрожал, бледный.", "fearful"),
    ("ru", "На столе стояла чашка. Он налил чай.", "calm"),
]


@pytest.mark.parametrize(("language", "text", "mood"), MOODS, ids=lambda v: str(v)[:30])
def test_mood_of_a_scene(language, text, mood):
    assert mood_of([text], language) == mood


def test_negation_takes_the_mood_away():
    assert mood_of(["There was no ghost, no terror, no scream, and nobody was afraid."], "en") == "calm"


@pytest.mark.parametrize(
    ("language", "sentence", "emotion"),
    [
        ("en", "She was eleven, small and quick, and nobody had called her Hannah.", "neutral"),
        ("en", "The rain ran down her face like tears.", "neutral"),
        ("en", "He burst into tears and wept.", "sad"),
        ("ru", "Варе стало тепло, и снег был мягким и добрым.", "neutral"),
        ("ru", "Она зарыдала и заплакала горько.", "sad"),
    ],
)
def test_narration_feels_only_what_is_clear(language, sentence, emotion):
    assert emotion_of(sentence, language, told=True) == emotion


def test_hour_weather_and_feelings_are_expected_to_tell():
    plain = ["He put the cup on the shelf and went out to the gate, and there he stood for a while."]
    assert mood_of(plain, "en", expected("day", "clear", ["neutral"] * 4)) == "calm"
    assert mood_of(plain, "en", expected("night", "storm", ["afraid", "worried", "neutral"])) in ("tense", "fearful")
    assert mood_of(plain, "en", expected("dawn", "clear", ["laughing", "sad", "tender"])) == "tender"
    assert mood_of(plain, "en", expected("night", "fog", ["afraid"] * 3)) == "fearful"


def test_a_joyful_text_is_happy_even_in_a_storm():
    text = ["They laughed and danced, and the children sang merry songs at the feast."]
    assert mood_of(text, "en", expected("night", "storm", ["neutral"] * 5)) == "happy"
