"""The trade's words in Russian, and the sentences of the embedded engines; the values themselves stay English."""

from __future__ import annotations

__all__ = ["RUSSIAN_SENTENCES", "RUSSIAN_TERMS"]

RUSSIAN_TERMS = {
    "genre": {
        "action": "боевик",
        "adventure": "приключения",
        "animation": "анимация",
        "biography": "биография",
        "comedy": "комедия",
        "crime": "криминал",
        "documentary": "документальный",
        "drama": "драма",
        "family": "семейный",
        "fantasy": "фэнтези",
        "history": "исторический",
        "horror": "ужасы",
        "musical": "мюзикл",
        "mystery": "детектив",
        "romance": "мелодрама",
        "sci-fi": "фантастика",
        "thriller": "триллер",
        "war": "военный",
        "western": "вестерн",
    },
    "act": {
        "setup": "завязка",
        "complication": "осложнение",
        "development": "развитие",
        "climax": "кульминация",
    },
    "size": {
        "extreme wide": "дальний план",
        "wide": "общий план",
        "full": "план в рост",
        "medium": "средний план",
        "close-up": "крупный план",
        "extreme close-up": "деталь",
    },
    "move": {
        "static": "статика",
        "pan left": "панорама влево",
        "pan right": "панорама вправо",
        "tilt up": "панорама вверх",
        "tilt down": "панорама вниз",
        "push in": "наезд",
        "pull out": "отъезд",
        "track left": "проезд влево",
        "track right": "проезд вправо",
    },
    "mood": {
        "calm": "спокойная",
        "happy": "радостная",
        "sad": "грустная",
        "tense": "напряжённая",
        "fearful": "тревожная",
        "angry": "гневная",
        "mysterious": "таинственная",
        "tender": "нежная",
        "triumphant": "торжественная",
    },
    "mode": {"major": "мажор", "minor": "минор"},
    "language": {"en": "английский", "ru": "русский"},
    "aside": {
        "blank": "пустые строки",
        "heading": "заголовки",
        "boilerplate": "служебный текст",
        "contents": "оглавление",
        "note": "примечания",
        "epigraph": "эпиграфы",
        "separator": "разделители",
        "caption": "подписи",
    },
    "frame": {"vertical": "вертикальный"},
    "card": {"title": "заставка", "end": "титры"},
    "measure": {
        "length": "длительность",
        "frames": "кадров",
        "frame grid": "сетка кадров",
        "sound and picture end": "конец звука и конец изображения",
        "loudness": "громкость",
        "true peak": "истинный пик",
        "black or still": "чёрный экран или стоп-кадр",
        "colour": "цвет",
        "caption speed": "скорость субтитров",
        "caption lines": "строк в субтитре",
        "caption start": "начало субтитра",
        "in the book": "слова из книги",
        "in the book's order": "порядок книги",
    },
    "value": {"True": "да", "False": "нет"},
}
"""By kind, each word and how it is shown."""

RUSSIAN_SENTENCES = {
    # What was measured, and its limits
    "{n} s ± 15 %, or the whole book": "{n} с ± 15 % или вся книга",
    "{n} s": "{n} с",
    "{n} ms apart": "врозь на {n} мс",
    "within {n} ms of the word": "не дальше {n} мс от слова",
    "{n} ms": "{n} мс",
    "{n} LUFS": "{n} LUFS",
    "{n} dBTP": "{n} dBTP",
    "{n} characters/s": "{n} зн./с",
    "{n} sentences are not": "не из книги: {n}",
    "{n} are not": "не по порядку: {n}",
    "every frame on it": "все кадры на ней",
    "one frame": "один кадр",
    "at most {n}": "не больше {n}",
    "none over {n} s in the story": "в рассказе ни одного дольше {n} с",
    "none": "ни одного",
    # The genre model's cautions
    "The text has too few words that the model knows; this is only the commonest genre of films.": "В тексте слишком "
    "мало слов, известных модели: это лишь самый частый жанр фильмов.",
    "A guess: the model learnt from short plots of films, and a book is not a plot.": "Это догадка: модель училась "
    "на коротких пересказах фильмов, а книга — не пересказ.",
    "Russian is read through a lexicon of a few hundred words, without translation: a guess of a guess.": "По-русски "
    "она читает через словарь в несколько сотен слов, без перевода: это догадка о догадке.",
    "The text is short ({n} known words), so single words weigh much.": "Текст короткий (известных слов: {n}), "
    "поэтому отдельные слова весят много.",
    # What must be told of a film
    "screenplay.fountain was edited by hand and is used as it is; delete it to have it made anew.": "Файл "
    "screenplay.fountain исправлен от руки и берётся как есть; удалите его, и сценарий будет написан заново.",
    "storyboard.csv was edited by hand and is used as it is; delete it to have it planned anew.": "Файл "
    "storyboard.csv исправлен от руки и берётся как есть; удалите его, и раскадровка будет составлена заново.",
    "eSpeak NG is a last resort: it sounds like a machine, and its Russian is hard to follow.": "eSpeak NG — "
    "крайний случай: голос машинный, и русскую речь разобрать трудно.",
    "The voice is Google Translate's, through an unofficial door that may close any day; every line is sent to Google. "
    "No licence for a film that is sold is given.": "Это голос Google Translate через неофициальную дверь, которая "
    "может закрыться в любой день; каждая реплика отправляется в Google. Права продавать фильм с ним не даются.",
    "Prompts are written to the folder {names}; paste each answer into the file beside it.": "Запросы пишутся в папку "
    "{names}; ответ вставьте в файл рядом с запросом.",
    "It makes clips from a first frame only.": "Снимает только от первого кадра.",
    # Prices
    "{n} USD a million image input tokens": "{n} USD за миллион токенов картинок на входе",
    "{n} USD a million audio tokens": "{n} USD за миллион токенов звука",
    "{n} USD a million input tokens": "{n} USD за миллион токенов на входе",
    "{n} USD a million output tokens": "{n} USD за миллион токенов на выходе",
    "{n} USD a million characters": "{n} USD за миллион знаков",
    "{n} USD a second": "{n} USD за секунду",
    "{n} USD a image": "{n} USD за картинку",
    "as its estimate says": "цена будет в оценке",
    "not known": "неизвестна",
    "nothing": "бесплатно",
}
"""Sentence by sentence, longer ones first where one holds another; braces hold figures, names and file names."""
