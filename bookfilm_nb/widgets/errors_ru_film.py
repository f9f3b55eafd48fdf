"""What can go wrong with a production, its parts and the work on it, in Russian; for :mod:`.errors_told`."""

from __future__ import annotations

__all__ = ["RUSSIAN_FILM_ERRORS"]

RUSSIAN_FILM_ERRORS = {
    # The production's folder
    "{folder} is a file.": "{folder} — файл, а не папка.",
    "Give a folder with --out.": "Укажите папку (--out).",
    "{folder} holds other files and is no production.": "В папке {folder} лежат другие файлы, фильма в ней нет.",
    "Give an empty or a new folder with --out.": "Укажите пустую или новую папку (--out).",
    "Choose a new folder.": "Выберите новую папку.",
    "{folder} is no production: it has no production.toml.": "В папке {folder} нет фильма: нет файла production.toml.",
    "Make one with `bookfilm film BOOK --out DIR`.": "Начните его в панели «Книга» или командой `bookfilm film BOOK "
    "--out DIR`.",
    "{folder} is being worked on by {why}.": "С папкой {folder} работает {why}.",
    "another process": "другой процесс",
    "process {n}": "процесс {n}",
    "Wait for it to end, or stop it.": "Подождите или остановите его.",
    "The production has lost an artefact ({key}).": "В фильме потеряна готовая часть ({key}).",
    "The store has lost the blob {digest}.": "В хранилище потерян файл {digest}.",
    "Run the stage again to make it.": "Запустите этап снова, и она будет сделана.",
    "The disk is full: {path} could not be written.": "Диск заполнен: {path} не записан.",
    "Free some space and run it again.": "Освободите место и запустите снова.",
    "{path} cannot be written: no permission.": "{path} не записывается: нет прав.",
    "{path} cannot be written: {why}.": "{path} не записывается: {why}.",
    "{path} could not be written: {why}.": "{path} не удалось записать: {why}.",
    "{path} is in the way: a file where a folder should be, or the reverse.": "Мешает {path}: файл там, где должна "
    "быть папка, или наоборот.",
    "Choose another folder with --out.": "Выберите другую папку (--out).",
    "Choose another folder.": "Выберите другую папку.",
    "The index of {folder} cannot be written: {why}.": "Указатель {folder} не записывается: {why}.",
    "Free some space, or choose another folder with --out.": "Освободите место или выберите другую папку (--out).",
    "The index of {folder} is damaged: {why}.": "Указатель {folder} повреждён: {why}.",
    "Move the .store folder away; everything in it can be made again.": "Уберите папку .store: всё, что в ней, можно "
    "сделать заново.",
    "{path} is not in UTF-8 (byte {n}).": "{path} — не в кодировке UTF-8 (байт {n}).",
    # Choices
    "production.toml cannot be read: {why}.": "Файл production.toml не читается: {why}.",
    "Mend that line, or delete the file and run the film again.": "Исправьте эту строку или удалите файл и запустите "
    "фильм заново.",
    "{field} cannot be {value}: {why}.": "{field}: {value} не годится: {why}.",
    "See `bookfilm film --help` for the values it can have.": "Возможные значения перечисляет `bookfilm film --help`.",
    "Give one of the values that it can have.": "Задайте одно из возможных значений.",
    "There is no stage {quoted}.": "Нет этапа {quoted}.",
    "Choose: {names}.": "Выберите: {names}.",
    "The film has no {what} {quoted}.": "В фильме нет такого: {quoted} ({what}).",
    "line": "реплика",
    "shot": "план",
    "{shot} has no take {n} that can be chosen.": "У {shot} нет дубля {n}, который можно взять.",
    "See takes(folder, shot).": "Их перечисляет takes(folder, shot).",
    "The stage {why} has not been done for what was chosen.": "Для выбранного этап «{why}» ещё не пройден.",
    "Run the film up to {why}.": "Запустите фильм до этапа «{why}».",
    "There is no report yet.": "Отчёта ещё нет.",
    # The work
    "Stopped.": "Остановлено.",
    "Rendering was stopped.": "Рендер остановлен.",
    "Run the same command again to go on from here.": "Запустите снова, и работа пойдёт дальше.",
    "Start the job again to go on from here.": "Нажмите «Продолжить», и работа пойдёт дальше.",
    "Finished shots are kept; run it again to go on.": "Готовые планы сохранены; запустите снова, и работа пойдёт "
    "дальше.",
    "A worker process ended before its work was done.": "Рабочий процесс завершился раньше, чем сделал работу.",
    "A render worker ended before shot {shot} was done.": "Процесс рендера завершился раньше, чем сделал план {shot}.",
    "The work ended by itself ({code}).": "Работа прервалась сама ({code}).",
    "Is there memory left? Run it again: what was finished is kept.": "Хватает ли памяти? Запустите снова: готовое "
    "сохранено.",
    "Is there memory left? Start it again: what was finished is kept.": "Хватает ли памяти? Запустите снова: готовое "
    "сохранено.",
    "Is there memory left? Run it again: finished shots are kept.": "Хватает ли памяти? Запустите снова: готовые "
    "планы сохранены.",
    "Call {n} cannot become {state}: it is not {either}.": "Вызов {n} нельзя перевести в {state}: он не {either}.",
    # Recorded runs
    "There is no recorded run {path}.": "Нет записи прогона {path}.",
    "Line {n} of {path} is no part of a recorded run.": "Строка {n} файла {path} — не часть записи прогона.",
    "Record it again, or take that line out.": "Запишите прогон заново или уберите эту строку.",
    "The recorded run {path} has no reply for {what}.": "В записи прогона {path} нет ответа для {what}.",
    "Replay it with the choices that it was recorded with, or go on without --replay.": "Воспроизведите её с теми же "
    "настройками, с какими записывали, или продолжайте без неё.",
    "The reply for {what} in {path} was changed.": "Ответ для {what} в {path} изменён.",
    "The reply for {what} in {path} is not what it should be.": "Ответ для {what} в {path} не такой, каким должен "
    "быть.",
    "Record it again.": "Запишите прогон заново.",
    "A run is recorded or replayed, not both.": "Прогон либо записывают, либо воспроизводят.",
    "Take one of record and replay out.": "Уберите record или replay.",
    "a blob is not what its name says": "файл не тот, что обещает его имя",
    "the value names a blob that is not on the tape": "назван файл, которого в записи нет",
    "This is a replay of the recorded run {path}: nothing is called "
    "and nothing is paid.": "Это воспроизведение записи прогона {path}: ничего не вызывается и не оплачивается.",
    "{n} replies were taken from the recorded run {path}, and not bought.": "Ответов взято из записи прогона {path}, "
    "а не куплено: {n}.",
    # Pictures, clips and sound in the making
    "{n} takes are missing, the first is {name}.": "Не хватает дублей: {n}, первый — {name}.",
    "Run `bookfilm voice` and `bookfilm shoot` first.": "Сначала пройдите этапы «голос» и «съёмка».",
    "The film file could not be put together.": "Файл фильма собрать не удалось.",
    "Run `bookfilm deliver` again; if it fails again, free some disk space.": "Запустите этап «выпуск» снова; если "
    "не поможет, освободите место на диске.",
    "{quoted} is no name of a blob.": "{quoted} — не имя файла в хранилище.",
    "Shoot the film again.": "Снимите фильм заново.",
    "The blob {digest} is missing: {why}.": "Нет файла {digest}: {why}.",
    "Run the shooting stage again: it makes what is missing.": "Запустите этап «съёмка»: недостающее будет сделано.",
    "The clip of shot {shot} has no frames.": "В клипе плана {shot} нет кадров.",
    "The clip of shot {shot} is {width} × {height} px, the film {wide} × {high}.": "Клип плана {shot} — {width} × "
    "{height} пикселей, а фильм — {wide} × {high}.",
    "Conform the clip to the film's size first (bookfilm_nb.render.conform).": "Сначала приведите клип к размеру "
    "фильма (bookfilm_nb.render.conform).",
    "The clip of shot {shot} cannot be decoded: {why}.": "Клип плана {shot} не декодируется: {why}.",
    "The clip of shot {shot} did not fit: {why}.": "Клип плана {shot} не подошёл по длине: {why}.",
    "slowed down to {n} per cent of its speed": "замедлен до {n} % скорости",
    "its last picture held for {n} frames": "последний кадр продлён, кадров: {n}",
    "{n} s of its end left out": "в конце отрезано {n} с",
    "The clip cannot be used: {why}.": "Клип не годится: {why}.",
    "a picture of it has {width} × {height} px": "кадр в нём {width} × {height} пикселей",
    "it cannot be decoded: {why}": "он не декодируется: {why}",
    "it is HDR ({kind}), and its light is not converted": "это HDR ({kind}), и его яркость не преобразуется",
    "its picture of {width} × {height} px is too narrow": "его кадр {width} × {height} пикселей слишком узок",
    "the codec of its sound is not known": "кодек его звука неизвестен",
    "its sound cannot be decoded: {why}": "его звук не декодируется: {why}",
    "Make the take again, or draw the shot.": "Сделайте дубль заново или нарисуйте план.",
    "The encoder refused a picture of {width} × {height} px: {why}.": "Кодировщик не принимает кадр {width} × "
    "{height} пикселей: {why}.",
    "There is nothing to join.": "Склеивать нечего.",
    "Render at least one shot.": "Отрендерите хотя бы один план.",
    "A segment is missing: {path}.": "Нет куска фильма: {path}.",
    "Render it again.": "Отрендерите его заново.",
    "Segments could not be joined: {why}.": "Куски фильма не склеиваются: {why}.",
    "Render them again.": "Отрендерите их заново.",
    "Segment {name} was encoded with other settings than the first.": "Кусок {name} закодирован не так, как первый.",
    "Render the film again.": "Отрендерите фильм заново.",
    "Segment {name} has a frame off the 1/{fps} grid.": "В куске {name} есть кадр мимо сетки 1/{fps}.",
    "This clip has no length.": "У этого клипа нет длины.",
    "Give it one with clip.with_duration(seconds).": "Задайте её через clip.with_duration(seconds).",
    "The picture of layer {quoted} is not a PNG.": "Картинка слоя {quoted} — не PNG.",
    "The picture of layer {quoted} is {width} × {height} px, not {wide} × {high}.": "Картинка слоя {quoted} — "
    "{width} × {height} пикселей, а не {wide} × {high}.",
    "The picture of layer {quoted} is damaged.": "Картинка слоя {quoted} повреждена.",
    "Shoot it again.": "Снимите план заново.",
    "The film has no frame {n}.": "В фильме нет кадра {n}.",
    "It has frames 0 to {n}.": "В нём кадры от 0 до {n}.",
    "A contact sheet needs at least one frame.": "Контактному листу нужен хотя бы один кадр.",
    "Give frame numbers.": "Задайте номера кадров.",
    "{path} cannot be opened as a film: {why}.": "{path} не открывается как фильм: {why}.",
    "A sound take cannot be read: {why}.": "Дубль звука не читается: {why}.",
    "Run `bookfilm voice` again.": "Запустите этап «голос» снова.",
    "The loudness of the sound cannot be measured.": "Громкость звука не измеряется.",
    "Run `bookfilm render` again.": "Запустите этап «рендер» снова.",
    "The film was made but is not sound: {measure} is {why}, not {more}.": "Фильм сделан, но в нём брак: {measure} — "
    "{why}, а надо: {more}.",
    "See {path}.": "Смотрите {path}.",
    "No exporter to moviepy is registered.": "Не найдено, чем передать фильм в moviepy.",
    "Install the package: pip install bookfilm-nb": "Установите пакет: pip install bookfilm-nb",
    # Charts and exercises
    "Shot {shot} is a clip: its camera is in it.": "План {shot} — клип: камера уже в нём.",
    "Choose a drawn shot.": "Выберите нарисованный план.",
    "There is no exercise {quoted}.": "Нет упражнения {quoted}.",
    "That is no audition of a text model.": "Это не проба текстовой модели.",
    'Use audition(out, "text", ...).': 'Возьмите audition(out, "text", ...).',
    "The panels do not speak {quoted}.": "Языка {quoted} панели не знают.",
}
"""English sentence or piece of one, and its Russian twin."""
