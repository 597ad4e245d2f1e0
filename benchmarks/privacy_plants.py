"""Identifiers to plant in interviews: made up here, seeded, in eight categories and four forms."""

from __future__ import annotations

import random
from dataclasses import dataclass

CATEGORIES = ("person", "organisation", "place", "email", "phone", "address", "account", "online")
FORMS = ("normal", "spelled out", "misheard")

GIVEN = """Margaret Daniel Priya Oluwaseun Brannagh Tadeusz Katarzyna Wilhelmina Svetlana Jolanda Xiomara Thandiwe Rasheed Bronwyn Siobhan Niamh
Eoghan Matthias Annelies Giuseppe Francesca Hiroshi Yukiko Aleksander Zbigniew Ingeborg Torsten Fatoumata Chidinma Rupert Gemma Callum
Nigel Philippa Tamsin Jemima Desmond Leopold Cordula Radek Milosz Piotr Oksana Bohdan Ayesha Farouk Imogen Hamish Kirsty Eilidh
Grace Mark Rose Will Hope""".split()
SURNAMES = """Oakhurst Fernsby Thistlewood Abernathy Kowalczyk Adeyemi Brandvold Castellani Dragomirov Eberhardt Featherstone Grzelak Hathersage
Iwasaki Jankowski Kettleborough Lindqvist Mbeki Nakamura Okonkwo Pemberton Quennell Rasmussen Szymanski Trevelyan Uchenna Vandermeer
Wrzesniewski Yamaguchi Zielinski Ashdown Birtwhistle Cholmondeley Drinkwater Entwistle Murphy Henderson Delgado Petrosyan Haugland Baker Young Bird""".split()
ORGANISATIONS = """Brightmoor Logistics|Kestrel & Dunn|Veltrona|Northern Light Bakery|Harrowgate Insurance|Oakline Dental|Plumfield Academy|Zentrixa|
Calderbrook Foods|Silverpine Software|Tolworthy Partners|Maddox Bank|Quillstone Consulting|Finchley Robotics|Bluebird Couriers|Orbisant|Lumeka|
Stanhope Clinic|Greyfriars College|Redshank Brewery|Pellworth Group|Hollins Solicitors|Aventro Systems|Marwick Holdings|Tessaly Labs|Corvane|
Sandbourne Council|Drummond Freight|Whitlock Energy|Juniper Homes|Opalstone Capital|Nordvik Shipping|Kappelmann GmbH|Ridgeway Pharmacy|Trelawn Ltd|Compass|Beacon|Harvest""".replace(
    "\n", ""
).split("|")
PLACES = """Northwich Bramley Kirkcaldy Llandudno Ballymena Tewkesbury Grimsby Wolverhampton Aberystwyth Penzance Ludlow Skipton Oban Thurso Cromer
Gdynia Bydgoszcz Eindhoven Groningen Ghent Bergen Uppsala Tampere Braga Girona Trieste Linz Erfurt Rostock Lyon Nantes Duluth Boise Tulsa
Spokane Dunedin Geelong Ballarat Durban Accra Nairobi Lagos Chennai Pune Osaka Sapporo Whittlebury Ashcombe Marlbeck Hexthorpe Reading Bath""".split()
STREETS = """Maple Street|Station Road|Rosemary Lane|Kingfisher Close|Albert Terrace|Orchard Avenue|Mill Hill|Victoria Crescent|Larkspur Drive|
Hawthorn Way|Chapel Row|Belmont Gardens|Trinity Square|Fernbank Court|Old Mill Lane|St Andrews Road|Weaver Street|Pinewood Avenue""".replace(
    "\n", ""
).split("|")
HOSTS = "gmail.com outlook.com hotmail.co.uk yahoo.com proton.me gmx.de brightmoor.co.uk veltrona.io acme-labs.com icloud.com".split()

#: Sentences that the rules were made with, and (after the bar) sentences that were written before and never looked at since.
TEMPLATES = {
    "person": """My name is {x}, by the way.|I spoke to {x} about it.|It was {x} who told me.|My manager, {x}, signed it off.|And then {x} rang me back.|
So I asked {x} to have a look.|Dr {x} said the same.|I'm {x} from the finance side.
#You would have to ask {x}, honestly.|Me and {x} shared a desk back then.|Everybody knows {x} is the one who decides.|Without {x} none of it would have happened.|
That was before {x} left.|There's a form that {x} fills in.|Poor {x} had to do it twice.|I owe {x} a coffee for that.""",
    "organisation": """I used to work for {x}.|We got a quote from {x}.|She works at {x} now.|It's a company called {x}.|Before that I was with {x}.|
We switched to {x} in the end.|I joined {x} straight after that.|The invoice from {x} was wrong.
#{x} never got back to us.|They had {x} on the phone all afternoon.|My brother runs {x} with two others.|There was a leaflet from {x} on the table.|
The people at {x} were lovely.|We lost the contract to {x}.|I never trusted {x} after that.|Their biggest customer is {x}.""",
    "place": """I live in {x}.|We moved to {x} last year.|The office in {x} was closed.|I grew up near {x}.|I drove over to {x}.|She is based in {x}.|
We have a branch in {x}.|I was born in {x}.
#The train from {x} was late again.|It rains all the time in {x}.|You can't get that anywhere around {x}.|My sister has a stall on the market in {x}.|
{x} is not a big town.|We only deliver as far as {x}.|I left {x} at eighteen.|Half of {x} was there.""",
    "email": """My email is {x}.|You can write to {x}.|It's {x} if you want to send it.|I sent it to {x}.|The address is {x}.
#Just drop me a line, {x} works.|They had me down as {x}, which was wrong.|It all goes through {x} these days.|I set up {x} for that.""",
    "phone": """My number is {x}.|You can call me on {x}.|I rang {x} three times.|My mobile is {x}.|Text me at {x}.
#It's {x} if you need me.|They gave me {x} and nobody picked up.|Write it down, {x}.|I've had {x} for years.""",
    "address": """I live at {x}.|They sent it to {x}.|My address is {x}.|The shop is at {x}.|We moved to {x}.
#It went to {x} by mistake.|That was the place on the corner, {x}.|The parcel said {x}.|Our first flat was {x}.""",
    "account": """My account number is {x}.|The card was {x}.|The reference is {x}.|It came out of {x}.|The IBAN is {x}.
#They asked for my policy number and I read out {x}.|It said {x} on the statement.|I typed {x} in again and again.|The customer number, {x}, was on the back.""",
    "online": """My username is {x}.|I'm on Twitter as {x}.|The site is {x}.|My handle is {x}.|I log in as {x}, my login is {x}.
#You'll find it under {x}.|I post as {x} mostly.|Look at {x}, it's all there.|It's {x}, all one word.""",
}
_DIGITS = "oh one two three four five six seven eight nine".split()
_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("k", "c"), ("c", "k"), ("y", "i"), ("ie", "y"), ("tt", "t"), ("ll", "l"), ("ss", "s"), ("th", "t"), ("z", "s"),
    ("w", "v"), ("ei", "ai"), ("ea", "ee"), ("ou", "oo"), ("er", "ar"), ("m", "mm"), ("l", "ll"), ("t", "tt"), ("a", "e"), ("o", "u"), ("i", "e"),
)  # fmt: skip


@dataclass(frozen=True)
class Plant:
    """A sentence with an identifier. `apart`: its template is one of those that the rules were not made with."""

    category: str
    form: str
    apart: bool
    sentence: str
    identifier: str


def plants(seed: int, each: int = 125) -> list[Plant]:
    """`each` plants of every category, in a fixed order. Half of the names are spelled out or misheard somewhere else too."""
    rng = random.Random(seed)
    made = []
    for category in CATEGORIES:
        seen, apart = (part.replace("\n", "").split("|") for part in TEMPLATES[category].split("\n#"))
        pool = _pool(category, rng)
        for i in range(each):
            form = "normal" if i % 10 < 6 else "spelled out" if i % 10 < 8 else "misheard"
            bare = pool[i % 50] if category in ("person", "organisation", "place") else pool[i]
            identifier = _said(category, bare, form, rng)
            templates, is_apart = (apart, True) if i % 2 else (seen, False)
            made.append(Plant(category, form, is_apart, rng.choice(templates).replace("{x}", identifier), identifier))
    rng.shuffle(made)
    return made


def _pool(category: str, rng: random.Random) -> list[str]:
    if category == "person":
        return [f"{g} {s}" if i % 3 else g for i, (g, s) in enumerate(zip(rng.sample(GIVEN, 50), [*SURNAMES, *SURNAMES], strict=False))]
    if category in ("organisation", "place"):
        names = ORGANISATIONS if category == "organisation" else PLACES
        return rng.sample(names, len(names)) * 2
    makers = {"email": _email, "phone": _phone, "address": _address, "account": _account, "online": _online}
    return [makers[category](rng) for _ in range(200)]


def _email(rng: random.Random) -> str:
    given, surname = rng.choice(GIVEN).lower(), rng.choice(SURNAMES).lower()
    local = rng.choice(
        [f"{given}.{surname}", f"{given}{rng.randint(10, 99)}", f"{given[0]}.{surname}", f"{surname}_{given}", f"{given}-{surname}"]
    )
    return f"{local}@{rng.choice(HOSTS)}"


def _phone(rng: random.Random) -> str:
    def n(k: int) -> str:
        return "".join(str(rng.randint(0, 9)) for _ in range(k))

    return rng.choice(
        [f"07{n(3)} {n(6)}", f"+44 7{n(3)} {n(6)}", f"0{rng.randint(1, 2)}{n(2)} {n(3)} {n(4)}", f"({rng.randint(201, 989)}) {n(3)}-{n(4)}",
         f"{rng.randint(201, 989)}-{n(3)}-{n(4)}", f"+49 {rng.randint(150, 179)} {n(7)}", f"0{n(10)}"]
    )  # fmt: skip


def _account(rng: random.Random) -> str:
    def n(k: int) -> str:
        return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(k - 1))

    return rng.choice(
        [n(8), n(10), f"{n(4)} {n(4)} {n(4)} {n(4)}", f"GB{n(2)} NWBK {n(4)} {n(4)} {n(4)} {n(2)}", f"DE{n(20)}", f"AC{n(7)}", n(12)]
    )


def _address(rng: random.Random) -> str:
    street = f"{rng.randint(2, 240)} {rng.choice(STREETS)}"
    code = f"{rng.choice(['CW', 'LS', 'BN', 'M', 'SW'])}{rng.randint(1, 20)} {rng.randint(1, 9)}{rng.choice(['AB', 'QT', 'XZ', 'RE'])}"
    return rng.choice(
        [street, f"{street}, {rng.choice(PLACES)}", f"{street}, {rng.choice(PLACES)}, {code}", f"Flat {rng.randint(1, 9)}, {street}"]
    )


def _online(rng: random.Random) -> str:
    given, surname = rng.choice(GIVEN).lower(), rng.choice(SURNAMES).lower()
    return rng.choice(
        [
            f"{given}_{surname}",
            f"{given}{rng.randint(100, 999)}",
            f"www.{surname}.com",
            f"{given}{surname}.co.uk",
            f"@{given}{surname}",
            f"https://{surname}.io/{given}",
        ]
    )


def _said(category: str, bare: str, form: str, rng: random.Random) -> str:
    if form == "normal":
        return bare
    if category in ("person", "organisation", "place"):
        if form == "misheard":
            return misheard(bare, rng)
        first = bare.split(maxsplit=1)[0]
        return f"{bare}, {rng.choice([' ', '-', ', ']).join(first.lower() if rng.random() < 0.5 else first.upper())}"
    if category in ("email", "online"):
        return _spoken_address(bare, form)
    if category == "address":
        number, _, rest = bare.partition(" ")
        if number.isdigit():
            return f"{_number(int(number))} {rest if form == 'spelled out' else misheard(rest, rng)}"
        return bare.replace(",", "")
    return _spoken_number(bare, form, rng)


def misheard(name: str, rng: random.Random) -> str:
    """The name as somebody may have heard it: one or two sounds of its longest word are written otherwise."""
    words = name.split(" ")
    at = max(range(len(words)), key=lambda i: len(words[i].strip(",")))
    word = words[at]
    for old, new in rng.sample(_SOUNDS, len(_SOUNDS)):
        spot = word.find(old, 1)
        if spot > 0:
            words[at] = word[:spot] + new + word[spot + len(old) :]
            break
    return " ".join(words)


def _spoken_address(text: str, form: str) -> str:
    said = (
        text.replace("https://", "")
        .replace("@", " at ")
        .replace(".", " dot ")
        .replace("_", " underscore ")
        .replace("-", " dash ")
        .replace("/", " slash ")
    )
    for digit, word in enumerate(_DIGITS):
        said = said.replace(str(digit), f" {word}") if form == "spelled out" else said
    if form == "misheard":
        said = (
            said.replace("gmail", "g mail")
            .replace("hotmail", "hot mail")
            .replace("outlook", "out look")
            .replace("www dot", "double u double u double u dot")
        )
    return " ".join(said.split())


def _spoken_number(text: str, form: str, rng: random.Random) -> str:
    said: list[str] = []
    for c in text:
        if c.isdigit():
            word = "zero" if c == "0" and form == "misheard" else _DIGITS[int(c)]
            said.append({"four": "for", "two": "to"}.get(word, word) if form == "misheard" and said and rng.random() < 0.2 else word)
        elif c == "+":
            said.append("plus")
        elif c.isalpha():
            said.append(c.lower())
    if form == "misheard" and len(said) > 5:
        said.insert(rng.randint(3, 5), rng.choice(["um", "uh"]))
    parts, i = [], 0
    while i < len(said):
        step = rng.choice([3, 4])
        parts.append(" ".join(said[i : i + step]))
        i += step
    return rng.choice([", ", " "]).join(parts)


def _number(n: int) -> str:
    small = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    if n >= 100:
        return f"{small[n // 100 - 1]} hundred" + (f" and {_number(n % 100)}" if n % 100 else "")
    if n < 20:
        return small[n - 1]
    return tens[n // 10 - 2] + (f" {small[n % 10 - 1]}" if n % 10 else "")
