"""What can be wrong with a book, a screenplay, a storyboard or a template, in Russian; for :mod:`.errors_told`."""

from __future__ import annotations

__all__ = ["RUSSIAN_FILE_ERRORS"]

RUSSIAN_FILE_ERRORS = {
    # The file of a book
    "There is no file {path}.": "Нет файла {path}.",
    "Check the path; in a notebook it is relative to the notebook's folder.": "Проверьте путь; в блокноте он "
    "отсчитывается от папки блокнота.",
    "There is no book at {path}.": "Нет книги {path}.",
    "Check the path.": "Проверьте путь.",
    "The book {path} is a folder.": "Вместо книги указана папка {path}.",
    "The book {path} is not there.": "Нет книги {path}.",
    "Give the path of a txt, epub, fb2 or docx file.": "Укажите путь к файлу txt, epub, fb2 или docx.",
    "{name} is a folder, not a book file.": "{name} — папка, а не файл книги.",
    "Give the path of one file. {more}": "Укажите путь к одному файлу. {more}",
    "{name} is not an ordinary file.": "{name} — не обычный файл.",
    "Copy the book into a file first.": "Сначала скопируйте книгу в файл.",
    "{name} has {size} MiB; books up to {most} MiB are read.": "В {name} {size} МиБ, а читаются книги не больше "
    "{most} МиБ.",
    "A book of a million words is about 6 MiB of text; take the pictures out.": "Книга в миллион слов — это около 6 "
    "МиБ текста; уберите картинки.",
    "{name} cannot be opened: {why}.": "{name} не открывается: {why}.",
    "Check the path and the file's permissions.": "Проверьте путь и права доступа к файлу.",
    "{name} is empty.": "Файл {name} пуст.",
    "Perhaps it was not downloaded completely.": "Возможно, он скачан не целиком.",
    "{name} is {why}, not a book that can be read.": "{name} — это {why}, а не книга, которую можно прочитать.",
    "{more} Convert it first, for example with Calibre.": "{more} Сначала преобразуйте файл, например в Calibre.",
    "BookFilm reads txt, epub, fb2, fb2.zip and docx.": "BookFilm читает txt, epub, fb2, fb2.zip и docx.",
    "BookFilm reads txt, epub, fb2 and docx.": "BookFilm читает txt, epub, fb2 и docx.",
    "{name} is not a txt, epub, fb2 or docx file.": "{name} — не файл txt, epub, fb2 или docx.",
    "Save the book in one of these formats.": "Сохраните книгу в одном из этих форматов.",
    "{name} is called {suffix} but is no zip file, as every {kind} is.": "Файл {name} назван {suffix}, но это не "
    "архив zip, как всякий {kind}.",
    "It is damaged or has the wrong name; get it again.": "Он повреждён или неверно назван; получите его заново.",
    "BookFilm does not read the language “{language}”.": "Языка «{language}» BookFilm не читает.",
    "Give en or ru.": "Укажите en или ru.",
    "No story in the language “{language}” comes with BookFilm.": "Рассказа на языке «{language}» в BookFilm нет.",
    "There is one in en and one in ru.": "Есть по одному на en и на ru.",
    "{name} is in {why}; BookFilm reads English and Russian.": "Язык книги не подходит: в {name} {why}; BookFilm "
    "читает по-английски и по-русски.",
    "a script that is neither Latin nor Cyrillic": "письмо, которое не латиница и не кириллица",
    "Cyrillic, but not in Russian": "кириллица, но не русский язык",
    "Latin letters, but not in English": "латиница, но не английский язык",
    "Give language=en or language=ru if it is one of them all the same.": "Если это всё же один из них, задайте "
    "language=en или language=ru.",
    "{name} has no sentence in it that could be told.": "В {name} нет ни одного предложения, которое можно рассказать.",
    "A story needs words and full stops; if it has them, look whether the encoding was "
    "guessed right.": "Рассказу нужны слова и точки; если они есть, проверьте, верно ли угадана кодировка.",
    "{name} is not text: {n} of its first {total} characters are control characters.": "{name} — не текст: среди "
    "первых знаков ({total}) управляющих {n}.",
    "Perhaps it is a picture or a program with the wrong name. BookFilm reads txt, epub, fb2 "
    "and docx.": "Возможно, это картинка или программа под чужим именем. BookFilm читает txt, epub, fb2 и docx.",
    "{name} has hardly any letters in it, so there is no story to tell.": "В {name} почти нет букв, рассказывать "
    "нечего.",
    "BookFilm needs a story in English or Russian.": "BookFilm нужен рассказ на английском или русском языке.",
    "There is no sentence in this text.": "В этом тексте нет ни одного предложения.",
    "Give a book with at least one sentence.": "Возьмите книгу, где есть хотя бы одно предложение.",
    # What the file is instead
    "a PNG picture": "картинка PNG",
    "a JPEG picture": "картинка JPEG",
    "a GIF picture": "картинка GIF",
    "a WebP picture": "картинка WebP",
    "a BMP picture": "картинка BMP",
    "a TIFF picture": "картинка TIFF",
    "a sound or video file": "звук или видео",
    "a video file": "видео",
    "a sound file": "звук",
    "a PDF": "PDF",
    "a DjVu scan": "скан DjVu",
    "a rich text (RTF) file": "текст с оформлением (RTF)",
    "an old Word (doc) file": "документ старого Word (doc)",
    "a Mobipocket (Kindle) book": "книга Mobipocket (Kindle)",
    "a packed archive": "архив",
    "a program": "программа",
    "a web page (HTML)": "веб-страница (HTML)",
    # Archives
    "{name} is a damaged zip file: {why}.": "{name} — повреждённый архив zip: {why}.",
    "It is often cut short by a broken download; get it again.": "Так бывает, когда загрузка оборвалась; получите "
    "файл заново.",
    "{name} has no part called “{part}”, though another part points to it.": "В {name} нет части «{part}», хотя "
    "другая часть на неё ссылается.",
    "The file is incomplete; get it again.": "Файл не полон; получите его заново.",
    "The part “{part}” of {name} cannot be unpacked: {why}.": "Часть «{part}» файла {name} не распаковывается: {why}.",
    "The file is damaged; get it again.": "Файл повреждён; получите его заново.",
    "The part “{part}” of {name} is not as long as the archive says.": "Длина части «{part}» файла {name} не та, что "
    "указана в архиве.",
    "{name} has a part whose name leads out of the archive: “{part}”.": "В {name} есть часть, имя которой ведёт за "
    "пределы архива: «{part}».",
    "{name} has a link that leads out of it: “{part}”.": "В {name} есть ссылка, которая ведёт за его пределы: "
    "«{part}».",
    "No book needs that; do not trust this file.": "Книге такое не нужно; не доверяйте этому файлу.",
    "{name} is protected by a password (part “{part}”).": "{name} закрыт паролем (часть «{part}»).",
    "Unpack it with its password first.": "Сначала распакуйте его, введя пароль.",
    "{name} is packed like a zip bomb: {why}.": "{name} упакован как zip-бомба: {why}.",
    "it has {n} parts, {most} at most are read": "частей в нём {n}, а читается не больше {most}",
    "it unpacks to {n} MiB, {most} MiB at most are read": "в распакованном виде {n} МиБ, а читается не больше {most} "
    "МиБ",
    "it unpacks to {n} times its size, {most} at most is read": "при распаковке он растёт в {n} раз, а допускается "
    "не больше {most}",
    "{part} unpacks to {n} times its size, {most} at most is read": "при распаковке {part} растёт в {n} раз, а "
    "допускается не больше {most}",
    "Do not trust this file; a book of a million words is about 6 MiB.": "Не доверяйте этому файлу: книга в миллион "
    "слов — это около 6 МиБ.",
    "{name} has {n} books in it (inside: {names}).": "Книг в архиве {name}: {n} (внутри: {names}).",
    "{name} is a zip file without a book that can be read (inside: {why}).": "В архиве {name} нет книги, которую "
    "можно прочитать (внутри: {why}).",
    "nothing": "ничего",
    "{more} Unpack it and give one book.": "{more} Распакуйте архив и возьмите одну книгу.",
    # Encodings
    "There is no text encoding called “{name}” ({file}).": "Нет кодировки текста «{name}» ({file}).",
    "Usual ones are utf-8, utf-16, cp1251, koi8-r, cp866, cp1252; leave it out to have it "
    "guessed.": "Обычно это utf-8, utf-16, cp1251, koi8-r, cp866, cp1252; если не задавать её, BookFilm угадает сам.",
    "{name} is not in {encoding}: {why}.": "{name} — не в кодировке {encoding}: {why}.",
    "byte {n} does not exist in it": "байт {n} в ней невозможен",
    "its letters make no words in it": "буквы в ней не складываются в слова",
    "It looks like {encoding}; give encoding={encoding}, or leave the encoding out.": "Похоже на {encoding}: задайте "
    "encoding={encoding} или не задавайте кодировку.",
    "{name} says that it is in {encoding}, but byte {n} (line "
    "{line}) does not exist in it.": "В {name} написано, что кодировка {encoding}, но байт {n} (строка {line}) в ней "
    "невозможен.",
    "It looks like {encoding}; give encoding={encoding}.": "Похоже на {encoding}: задайте encoding={encoding}.",
    "The file may be cut short.": "Возможно, файл обрезан.",
    # epub, fb2, XML
    "{name} lists a chapter “{part}” that its manifest does not have.": "В {name} названа глава «{part}», которой "
    "нет в его описи.",
    "The epub is damaged; get it again.": "Файл epub повреждён; получите его заново.",
    "The epub is damaged.": "Файл epub повреждён.",
    "{name} is locked with DRM, so its chapters cannot be read.": "{name} защищён DRM, главы прочитать нельзя.",
    "Ask the shop or the publisher for a copy without DRM, or give a plain text of it.": "Попросите у магазина или "
    "издательства экземпляр без DRM или возьмите простой текст книги.",
    "{name} does not say where its package is (META-INF/container.xml).": "В {name} не сказано, где описание книги "
    "(META-INF/container.xml).",
    "{name} is XML, but not a FictionBook: its root is <{tag}>.": "{name} — XML, но не FictionBook: корень у него "
    "<{tag}>.",
    "{name} declares entities of its own, which can grow without "
    "end or fetch other files.": "В {name} объявлены свои сущности XML, а они могут расти без конца или подтягивать "
    "чужие файлы.",
    "Do not trust this file; if you do, save the book again with another program.": "Не доверяйте этому файлу; если "
    "он всё же надёжен, сохраните книгу заново в другой программе.",
    "{name} breaks off or is damaged at line {line}: {why}.": "{name} обрывается или повреждён в строке {line}: {why}.",
    "it is empty": "он пуст",
    "It is not well-formed XML, often because it was cut short; get the file again.": "Это неправильный XML, чаще "
    "всего из-за обрыва; получите файл заново.",
    # The screenplay
    "The length of a film must be more than nothing.": "Длина фильма должна быть больше нуля.",
    "Ask for at least half a minute.": "Закажите хотя бы полминуты.",
    "A voice must speak more than nothing a second.": "Темп голоса должен быть больше нуля знаков в секунду.",
    "Use the voice's measured rate.": "Возьмите измеренный темп этого голоса.",
    "The screenplay is too long to be one.": "Сценарий слишком длинный.",
    "It may have {n} characters.": "Знаков в нём может быть не больше {n}.",
    "Line {n} of the screenplay {why}.": "Строка {n} сценария: {why}.",
    "comes before the first scene heading": "она стоит до первого заголовка сцены",
    "Put it under a heading such as INT. ROOM - DAY #s01#.": "Поставьте её под заголовок вроде «INT. ROOM - DAY "
    "#s01#».",
    "is a heading of no known scene": "это заголовок неизвестной сцены",
    "End it with the scene's number, as in #s01#. Known: {names}.": "Закончите её номером сцены, например #s01#. "
    "Известны: {names}.",
    "is a second heading for the scene {scene}": "это второй заголовок сцены {scene}",
    "Keep one heading a scene, and its lines together.": "Оставьте сцене один заголовок и держите её строки вместе.",
    "is not a heading that can be read": "заголовок не читается",
    "Write it like: {heading} #{scene}#. Times: {times}.": "Пишите так: {heading} #{scene}#. Время суток: {times}.",
    "has a parenthetical that no face can show: {words}": "такой ремарки в скобках лицо не сыграет: {words}",
    "Use one of: {names}.": "Возможные значения: {names}.",
    "gives a line to nobody in the cast: {name}": "среди действующих лиц такого нет: {name}",
    "is spoken but does not say where in the book it is from": "это реплика, но не сказано, из какого она места книги",
    "End it with the note of the line that it continues, as in [[120-180]], or make it an "
    "action: !Text.": "Закончите её пометкой той строки, которую она продолжает, например [[120-180]], или сделайте "
    "её действием: !Текст.",
    "has a note but no words": "есть пометка, но нет слов",
    "Write the words before the note, or delete the whole line.": "Напишите слова перед пометкой или удалите всю "
    "строку.",
    "has the note [[{start}-{end}]], which is no part of this screenplay": "пометка [[{start}-{end}]] к этому "
    "сценарию не относится",
    "Keep the note that the line had, or one inside it; a line used twice needs its own part "
    "of the note.": "Оставьте строке её пометку или часть этой пометки; строке, взятой дважды, нужна своя часть.",
    "The prompt is empty.": "Запрос пуст.",
    "Delete its file to get the one that comes with BookFilm.": "Удалите его файл, и будет взят тот, что входит в "
    "BookFilm.",
    "The prompt has {names}, which nothing is known for.": "В запросе есть {names}, а подставить туда нечего.",
    "It may hold {names}.": "В нём может быть {names}.",
    "The model chose no sentence of part {n}.": "Из части {n} модель не выбрала ни одного предложения.",
    "Try another model, or adapt offline without --text.": "Возьмите другую модель или выбирайте предложения без "
    "модели.",
    "{name} is not in UTF-8 (byte {n}).": "{name} — не в кодировке UTF-8 (байт {n}).",
    "{name} is not in UTF-8.": "{name} — не в кодировке UTF-8.",
    "Save it again as UTF-8, or delete it to have it made anew.": "Сохраните его заново в UTF-8 или удалите, и он "
    "будет сделан заново.",
    "Save it again as UTF-8, or delete it.": "Сохраните его заново в UTF-8 или удалите.",
    "There is no screenplay yet.": "Сценария ещё нет.",
    "Run the film up to adapt.": "Запустите фильм до этапа «сценарий».",
    "The line {quoted} is in screenplay.fountain {n} times.": "Сколько раз строка {quoted} стоит в "
    "screenplay.fountain: {n}.",
    "Give a whole line as it stands in the file, with its note.": "Приведите строку целиком, как в файле, с пометкой.",
    "{name} is no file that is edited.": "{name} — не тот файл, который правят.",
    "Choose screenplay.fountain or storyboard.csv.": "Выберите screenplay.fountain или storyboard.csv.",
    "The screenplay has no element {name}.": "В сценарии нет элемента {name}.",
    "It has {names}.": "Есть {names}.",
    # The storyboard
    "The storyboard is too long to be one.": "Раскадровка слишком длинная.",
    "The storyboard is not a table that can be read: {why}.": "Раскадровка не читается как таблица: {why}.",
    "Save it as CSV, UTF-8, with text in double quotes.": "Сохраните её как CSV в UTF-8, текст — в двойных кавычках.",
    "Row {n} of the storyboard {why}.": "Строка {n} раскадровки: {why}.",
    "has no column {names}": "нет столбца {names}",
    "The first row must name: {names}.": "В первой строке должны быть названия: {names}.",
    "has {n} cells instead of {total}": "ячеек {n}, а должно быть {total}",
    "Put text with commas in double quotes.": "Текст с запятыми возьмите в двойные кавычки.",
    "has no such {cell}: {value}": "в столбце {cell} такого не бывает: {value}",
    "has a cell {cell} that cannot be read: {why}": "ячейка {cell} не читается: {why}",
    "Mend that cell.": "Исправьте эту ячейку.",
    "has a planned_s that is no length of a shot": "в planned_s не длина плана",
    "Write seconds, as in 3.5.": "Напишите секунды, например 3,5.",
    "has portions that cannot be read: {value}": "portions не читается: {value}",
    "Write them as in s01e001:0-40.": "Пишите так: s01e001:0-40.",
    "has no shot id": "у плана нет номера",
    "repeats the shot {shot}": "план {shot} повторяется",
    "Give every shot its own id, as in s01h02.": "Дайте каждому плану свой номер, например s01h02.",
    "storyboard.csv no longer fits the screenplay: shot {shot} covers {element}.": "Файл storyboard.csv больше не "
    "подходит к сценарию: план {shot} показывает {element}.",
    "Delete storyboard.csv to have it planned anew.": "Удалите storyboard.csv, и раскадровка будет составлена заново.",
    "storyboard.csv has no shot for {n} spoken elements, the first is {element}.": "Реплик без плана в "
    "storyboard.csv: {n}, первая — {element}.",
    "Put the shot back, or delete storyboard.csv to have it planned anew.": "Верните план на место или удалите "
    "storyboard.csv, и раскадровка будет составлена заново.",
    "The storyboard has no shot {shot}.": "В раскадровке нет плана {shot}.",
    "No shot is named for the video model.": "Не сказано, какие планы снимает видеомодель.",
    "Name shots of storyboard.csv with --video-shots, such as s01h01,s03h02, or all.": "Назовите планы из "
    "storyboard.csv, например s01h01,s03h02, или all — все.",
    "A shot has no {name} that could be changed.": "У плана нельзя изменить {name}.",
    "Change its prompt, or its size.": "Измените описание или крупность.",
    "A prompt needs words.": "В описании нужны слова.",
    "Say where it is and who is there.": "Скажите, где это и кто там.",
    "An order must name every shot once.": "В порядке каждый план должен быть назван один раз.",
    "See storyboard.csv for their names.": "Их номера — в storyboard.csv.",
    "A shot stays in its scene.": "План остаётся в своей сцене.",
    "Move lines from scene to scene in screenplay.fountain instead.": "Переносить строки из сцены в сцену можно в "
    "screenplay.fountain.",
    "{shot} and {other} share a line and stay together in this order.": "У планов {shot} и {other} общая реплика: "
    "они идут вместе и в этом порядке.",
    "Move both, one after the other.": "Перенесите оба, один за другим.",
    "There is no shot {quoted}.": "Нет плана {quoted}.",
    # Genres and their blends
    "There are no templates for the period {quoted}.": "Для лет {quoted} шаблонов нет.",
    "{n} genres are too many for one film.": "Жанров для одного фильма слишком много: {n}.",
    "Blend at most {n}.": "Смешивайте не больше {n}.",
    "A genre is missing in {quoted}.": "В записи {quoted} не хватает жанра.",
    "Write one genre, or several: mystery 0.7 + romance 0.3.": "Напишите один жанр или несколько: mystery 0.7 + "
    "romance 0.3.",
    "The weight of {genre} cannot be {value}.": "Доля жанра {genre} не может быть {value}.",
    "Give a number above 0, such as 0.7, or a percentage.": "Задайте число больше 0, например 0,7, или проценты.",
    "There is no template for the genre {quoted}.": "Для жанра {quoted} шаблона нет.",
    "{more}Choose one of: {names}.": "{more}Выберите: {names}.",
    "Did you mean {either}?": "Может быть, {either}?",
}
"""English sentence or piece of one, and its Russian twin."""
