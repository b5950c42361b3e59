"""A wijkkrant of invented articles, to print in tests: in Dutch, Polish or Arabic, as long as asked for."""

from pathlib import Path

from PIL import Image as PillowImage

from home.krant.druk.parts import (
    Block,
    Callout,
    Figure,
    Figures,
    Heading,
    Image,
    Krant,
    Link,
    Links,
    Picture,
    Question,
    Questions,
    Quote,
    Step,
    Steps,
    Stuk,
    Table,
    Text,
)

IMAGES = Path(__file__).resolve().parents[1] / "home" / "demo" / "images"
SITE = "https://wijken.example.nl"
NAMES = {"nl": "Wijkkrant Zeewijk", "pl": "Gazeta Zeewijk", "ar": "جريدة حي البحر"}
EDITIONS = {"nl": "Najaar 2026", "pl": "Jesień 2026", "ar": "خريف 2026"}
RUBRIEKEN = {
    "nl": ("Buren in beeld", "Van de gemeente", "Duurzaamheid", "Agenda", "Jeugd"),
    "pl": ("Sąsiedzi", "Z gminy", "Zielono", "Kalendarz", "Młodzież"),
    "ar": ("جيران في الصورة", "من البلدية", "الاستدامة", "المواعيد", "الشباب"),
}
TITLES = {
    "nl": (
        "De bakker die om vier uur al fluit",
        "Wie plant er mee op het plein?",
        "Soep voor de hele straat",
        "Zo leest u uw nieuwe meter",
        "Een middag onder de kastanjeboom met de oudste bewoner van de Kade",
        "Fietsen voor wie het nooit leerde",
        "Kletspot zoekt bezoek",
    ),
    "pl": (
        "Piekarz, który gwiżdże już o czwartej",
        "Kto sadzi z nami na placu?",
        "Zupa dla całej ulicy",
        "Jak odczytać nowy licznik",
        "Popołudnie pod kasztanem z najstarszą mieszkanką nabrzeża",
        "Rower dla tych, którzy nigdy się nie nauczyli",
        "Klub rozmów szuka gości",
    ),
    "ar": (
        "الخباز الذي يصفّر منذ الرابعة صباحًا",
        "من يزرع معنا في الساحة؟",
        "حساء لكل الشارع",
        "هكذا تقرأ عدّادك الجديد",
        "عصرٌ تحت شجرة الكستناء مع أقدم ساكنة على الرصيف",
        "الدراجة لمن لم يتعلم قط",
        "نادي الحديث يبحث عن زوار",
    ),
}
INTROS = {
    "nl": "Vroeg op, meel tot in de oren en toch altijd tijd voor een praatje. Wij liepen een ochtend mee.",
    "pl": "Wcześnie na nogach, mąka aż po uszy, a jednak zawsze czas na rozmowę. Spędziliśmy tam poranek.",
    "ar": "يستيقظ باكرًا ويغطيه الطحين، ومع ذلك لديه دائمًا وقت للحديث. رافقناه صباحًا كاملًا.",
}
SENTENCES = {
    "nl": (
        "Om vier uur brandt er in de hele straat maar één lamp.",
        "Achter het raam staat een man met meel op zijn wenkbrauwen en hij fluit een liedje van vroeger.",
        "‘Ik fluit omdat de oven anders zo stil is’, zegt hij, terwijl hij de eerste broden omdraait.",
        "Buiten ruikt het naar kaneel, ook als er helemaal geen kaneel in zit.",
        "Een buurvrouw van 71 klopt op de ruit en krijgt het kapje dat zij elke week krijgt.",
        "Zij woont er al sinds de straat van zand was en de kinderen bootjes van klompen maakten.",
        "Wie wil, mag op zaterdag komen kijken, maar wel met schone handen en een eigen schort.",
        "De wijkverpleegkundige haalt hier haar ontbijtkoek en neemt er een mee voor de overbuurman.",
        "Van de verantwoordelijkheid voor het buurtgemeenschapscentrum wil hij niets weten, zegt hij.",
    ),
    "pl": (
        "O czwartej w całej ulicy świeci się tylko jedna lampa.",
        "Za szybą stoi mężczyzna z mąką na brwiach i gwiżdże piosenkę sprzed lat.",
        "„Gwiżdżę, bo inaczej piec jest taki cichy”, mówi, odwracając pierwsze bochenki.",
        "Na zewnątrz pachnie cynamonem, nawet jeśli nie ma go tu ani odrobiny.",
        "Sąsiadka po siedemdziesiątce puka w szybę i dostaje piętkę, którą dostaje co tydzień.",
        "Mieszka tu od początku, kiedy ulica była jeszcze z piasku, a dzieci robiły łódki z chodaków.",
        "Kto chce, może przyjść w sobotę, ale z czystymi rękami i własnym fartuchem.",
    ),
    "ar": (
        "في الرابعة صباحًا لا يضيء في الشارع كله إلا مصباح واحد.",
        "خلف الزجاج يقف رجل على حاجبيه طحين وهو يصفّر أغنية قديمة.",
        "يقول وهو يقلب الأرغفة الأولى: أصفّر لأن الفرن يكون هادئًا جدًا من دون ذلك.",
        "في الخارج تفوح رائحة القرفة، حتى إن لم تكن هناك قرفة على الإطلاق.",
        "تطرق جارة في الحادية والسبعين النافذة وتأخذ طرف الرغيف الذي تأخذه كل أسبوع.",
        "تسكن هنا منذ كان الشارع من رمل وكان الأطفال يصنعون قوارب من القباقيب.",
        "من أراد المجيء يوم السبت فليأتِ بيدين نظيفتين ومئزر خاص به.",
    ),
}
HEADINGS = {"nl": "Brood met een verhaal", "pl": "Chleb z historią", "ar": "خبز وراءه حكاية"}
COLOFON = (
    "Deze krant is een voorbeeld. De mensen erin zijn bedacht.",
    "Redactie: bewoners van Zeewijk. Mail: redactie@example.nl.",
    "Druk: 3.200 exemplaren, huis aan huis, twee keer per jaar.",
    "Kopij voor het voorjaar: vóór 1 maart.",
)


def picture(
    name: str = "hero",
    alt: str = "Buren aan een lange tafel bij het water.",
    caption: str = "",
    credit: str = "",
) -> Picture:
    """A picture of the demo."""
    file = IMAGES / f"{name}.webp"
    with PillowImage.open(file) as image:
        width, height = image.size
    return Picture(file.read_bytes, width, height, alt, caption, credit)


def paragraphs(language: str, count: int, start: int = 0) -> Text:
    """So many paragraphs, none like the one before."""
    sentences = SENTENCES[language]
    total = len(sentences)
    found = []
    for number in range(start, start + count):
        picked = [sentences[(number * 2 + at) % total] for at in range(3 + number % 3)]
        found.append(f"<p>{' '.join(picked)}</p>")
    return Text("".join(found))


def every_block(language: str) -> tuple[Block, ...]:
    """Each kind of block once, between words."""
    line = SENTENCES[language]
    return (
        paragraphs(language, 3),
        Heading(HEADINGS[language]),
        Text(
            f"<p>{line[0]} <b>{line[1]}</b> <a href='https://www.example.nl/brood'>{HEADINGS[language]}</a>.</p>"
            f"<h3>{HEADINGS[language]}</h3><ul><li>{line[2]}</li><li><i>{line[3]}</i></li></ul>"
        ),
        Quote(line[2], "Bas, bakker"),
        Image(picture("voedselmarkt", "Een kraam met brood.", caption=line[3], credit="Redactie")),
        Callout("info", HEADINGS[language], f"<p>{line[6]}</p>"),
        Steps((Step(line[0], f"<p>{line[4]}</p>"), Step(line[3]), Step(line[6])), HEADINGS[language]),
        paragraphs(language, 2, 3),
        Questions(
            (
                Question(f"{HEADINGS[language]}?", f"<p>{line[5]}</p>"),
                Question("En dan?", f"<p>{line[4]}</p>"),
            )
        ),
        Figures(
            (Figure("71", line[3], "Geteld door de redactie"), Figure("4:00", line[0])), HEADINGS[language]
        ),
        Links((Link(HEADINGS[language], "https://www.example.nl/bakkers", line[3]),), HEADINGS[language]),
        Table(
            HEADINGS[language],
            ("Dag", "Tijd", "Wat", "Waar"),
            (("ma", "10:00", "Koffie", "De Kade 1"), ("wo", "14:00", "Bakken", "De Kade 1")),
        ),
    )


def stukken(language: str, lengths: tuple[int, ...], *, pictures: bool = True) -> tuple[Stuk, ...]:
    """Articles of so many paragraphs; 0 has every kind of block."""
    titles, rubrieken = TITLES[language], RUBRIEKEN[language]
    names = ("hero", "wijkkrant", "voedselmarkt", "bibliotheek", "taalwandeling", "schouw", "wijkplatform")
    return tuple(
        Stuk(
            key=f"artikel-{number}",
            title=titles[number % len(titles)],
            rubriek=rubrieken[number % len(rubrieken)],
            intro=INTROS[language] if length != 1 else "",
            byline="Joke en Samir",
            language=language,
            blocks=every_block(language) if length == 0 else (paragraphs(language, length, number),),
            picture=picture(names[number % len(names)], caption=SENTENCES[language][0])
            if pictures and length != 1 and number % 4 != 3
            else None,
            address=f"{SITE}/{language}/wijken/zeewijk/krant/artikel-{number}/",
        )
        for number, length in enumerate(lengths)
    )


def krant(
    language: str = "nl",
    lengths: tuple[int, ...] = (6, 0, 1, 1),
    *,
    pictures: bool = True,
    vullingen: tuple[str, ...] = (),
    pages: int = 0,
) -> Krant:
    """An edition with articles of those lengths."""
    return Krant(
        title=NAMES[language],
        edition=EDITIONS[language],
        language=language,
        stukken=stukken(language, lengths, pictures=pictures),
        gemeente="Gemeente Voorbeeld",
        phone="14 0255",
        address=f"{SITE}/{language}/wijken/zeewijk/krant/",
        intro=INTROS[language],
        colofon=COLOFON,
        vullingen=vullingen,
        pages=pages,
    )
