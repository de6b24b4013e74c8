"""Names of invented people, as varied as the population of a Dutch town.

First and last names are combined by number; any resemblance to a real person is accidental.
"""

import unicodedata

# Names are grouped by origin. Every third first name gets a last name of another group, as after
# a marriage.
FIRST_NAMES: tuple[tuple[str, ...], ...] = (
    ("Fatma", "Emre", "Elif", "Hakan", "Zeynep", "Murat", "Aylin", "Yusuf"),
    ("Willemien", "Gerrit", "Hennie", "Teunis", "Rianne", "Evert", "Gijsje", "Wouter"),
    ("Naima", "Youssef", "Samira", "Rachid", "Hanan", "Karim", "Loubna", "Bilal"),
    ("Marloes", "Sjoerd", "Annemiek", "Bart", "Jacqueline", "Ruben", "Linda", "Stefan"),
    ("Sharmila", "Anil", "Chantal", "Winston", "Priya", "Marlon", "Cynthia", "Radjesh"),
    ("Agnieszka", "Piotr", "Kasia", "Tomasz", "Oksana", "Andrij", "Magda", "Dawid"),
    ("Corrie", "Aart", "Dineke", "Roelof", "Truus", "Bertus", "Janneke", "Klaas"),
    ("Rasha", "Omar", "Nour", "Khaled", "Selam", "Yonas", "Hiba", "Filmon"),
    ("Lotte", "Daan", "Sanne", "Joris", "Femke", "Thijs", "Noor", "Mees"),
    ("Merel", "Glenn", "Indah", "Rudy", "Sifra", "Jeffrey", "Melati", "Dwight"),
)
LAST_NAMES: tuple[tuple[str, ...], ...] = (
    ("Yilmaz", "Demir", "Aydin", "Korkmaz", "Arslan", "Polat"),
    ("van den Brink", "Schuiteman", "van Beek", "Hooijer", "van de Kamp", "Dekker"),
    ("El Amrani", "Bouzid", "Haddou", "Benali", "Aouraghe", "Chaouki"),
    ("de Boer", "Visser", "Kuipers", "van Dijk", "Meulenbroek", "Jansen"),
    ("Ramdin", "Kartosen", "Pinas", "Mohan", "Blijd", "Soekhoe"),
    ("Nowak", "Kowalczyk", "Zielinska", "Boyko", "Melnyk", "Wojcik"),
    ("Bakker", "van Ravenswaaij", "Lokhorst", "Mulder", "Evers", "Timmer"),
    ("Haddad", "al-Khatib", "Tesfay", "Ghebre", "Mansour", "Sabbagh"),
    ("Peeters", "van der Heijden", "Willems", "Smits", "Verhoeven", "Theunissen"),
    ("Latupeirissa", "Martina", "Pattiasina", "Croes", "Winklaar", "Tahapary"),
)
_GROUPS = len(FIRST_NAMES)
_FIRST, _LAST = len(FIRST_NAMES[0]), len(LAST_NAMES[0])
DISTINCT_NAMES = _GROUPS * _FIRST * _LAST
"""The number of names before they repeat."""


def full_name(number: int) -> str:
    """The name with that number; distinct below DISTINCT_NAMES."""
    number %= DISTINCT_NAMES
    group, rest = number % _GROUPS, number // _GROUPS
    first = FIRST_NAMES[group][rest % _FIRST]
    other = (group + 3 * (rest % 3 == 2)) % _GROUPS
    return f"{first} {LAST_NAMES[other][(rest // _FIRST + rest % _FIRST) % _LAST]}"


def mailbox(name: str) -> str:
    """The local part of an address: "Willemien van den Brink" gives willemien.vandenbrink."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    first, _, last = plain.replace("'", "").partition(" ")
    return f"{first}.{last.replace(' ', '').replace('-', '')}" if last else first
