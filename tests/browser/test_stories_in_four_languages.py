"""Stories 1, 2 and 4 from the resident's side, in Turkish, Polish, Ukrainian and Arabic."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from intake.questions.models import Question
from organisations.directory.models import Organisation, Team
from organisations.roles.models import Membership, Role
from tests.browser.elsewhere import Elsewhere
from welzijn.notifications.models import Message


@dataclass(frozen=True)
class Spoken:
    """A language, and what somebody writes in it."""

    code: str
    name: str
    letter: str
    school: str
    violence: str
    latin: bool = True


LANGUAGES = [
    Spoken(
        "tr",
        "Türkçe",
        letter="icra memurundan mektup geldi anlamadim",
        school="sınıf grubunda benimle alay ediyorlar",  # noqa: RUF001 - Turkish
        violence="kocam beni dovuyor",
    ),
    Spoken(
        "pl",
        "Polski",
        letter="komornik przysłał list, nie rozumiem",
        school="śmieją się ze mnie na grupie klasowej",
        violence="mąż mnie bije",
    ),
    Spoken(
        "uk",
        "Українська",
        letter="лист від судового виконавця, не розумію",
        school="мені самотньо в класі, нема друзів",
        violence="чоловік мене б'є",  # noqa: RUF001 - Ukrainian
        latin=False,
    ),
    Spoken(
        "ar",
        "العربية",
        letter="وصلتني رسالة من المحضر القضائي ولا أفهمها",
        school="يسخرون مني في مجموعة الصف",
        violence="زوجي يضربني",
        latin=False,
    ),
]
# Everyday words that stand in almost each Dutch sentence, and in none of these languages.
_DUTCH = re.compile(
    r"\b(?:uw|uur|het|een|niet|wij|voor|naar|wordt|heeft|kunt|jouw|bent|vraag)\b", re.IGNORECASE
)
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
# Names, addresses and a sample reference that stand in Latin letters in each language.
_EVERYWHERE = (
    "PDF SMS DigiD Wmo Voordeur Nederlands English Veilig Thuis Kindertelefoon huisartsenpost "
    "Dorpsstraat Balie putten localhost volg BK7M-4PQ9 113.nl"
)
_SAID = """() => {
  const copy = document.querySelector('body').cloneNode(true);
  copy.querySelectorAll('[lang="nl"], [translate="no"], script').forEach((one) => one.remove());
  const names = [...copy.querySelectorAll('[aria-label], [alt], [placeholder], [title]')].flatMap(
    (one) => ['aria-label', 'alt', 'placeholder', 'title'].map((name) => one.getAttribute(name)));
  const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  const said = [document.title, ...names];
  while (texts.nextNode()) said.push(texts.currentNode.data);
  return said.join(' \\n ');
}"""
# The sticky button that leaves must lie over nothing else of the header.
_UNDER_THE_EXIT = """() => {
  const exit = document.querySelector('.vd-exit').getBoundingClientRect();
  return [...document.querySelectorAll('.vd-brand span, .vd-language summary')].filter((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return [...range.getClientRects()].some((box) => box.width > 0
      && box.left < exit.right - 1 && box.right > exit.left + 1
      && box.top < exit.bottom - 1 && box.bottom > exit.top + 1);
  }).map((one) => one.textContent.trim());
}"""
# A word that is too wide for its place is broken anywhere.
_BROKEN = """() => {
  const broken = [];
  for (const one of document.querySelectorAll('main :is(h1, h2, h3, button, .vd-choice a)')) {
    const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(/[\\p{L}\\p{M}]+/gu)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""


@dataclass
class Walk:
    """One resident, in one language, on a phone."""

    story: Elsewhere
    spoken: Spoken
    names: set[str]
    page: Page

    def look(self, name: str) -> None:
        """Both widths and axe; language and direction; nothing covered, broken or in Dutch."""
        html = self.page.locator("html")
        expect(html).to_have_attribute("lang", self.spoken.code)
        expect(html).to_have_attribute("dir", "rtl" if self.spoken.code == "ar" else "ltr")
        self.story.journey.check(self.page, f"{self.spoken.code}-{name}")
        assert self.page.evaluate(_UNDER_THE_EXIT) == [], name
        assert self.page.evaluate(_BROKEN) == [], name
        said = self.page.evaluate(_SAID)
        assert _DUTCH.findall(said) == [], name
        if not self.spoken.latin:
            assert set(_LATIN.findall(said)) - self.names == set(), name

    def further(self, to: str) -> None:
        """Press the one primary button, and be on the next page."""
        self.page.locator("main button.nl-button--primary").first.click()
        self.page.wait_for_url(f"**{to}")

    def choose_language(self) -> None:
        """By the language's own name, behind the switch where the page has one."""
        if self.page.locator("details.vd-language > summary").count():
            self.page.locator("details.vd-language > summary").click()
        self.page.get_by_role("button", name=self.spoken.name, exact=True).click()
        expect(self.page.locator("html")).to_have_attribute("lang", self.spoken.code)

    def write(self, field: str, words: str) -> None:
        """Fill one field by its name: its label is in another language."""
        self.page.locator(f"main [name={field}]").fill(words)

    def choose(self, field: str, value: str) -> None:
        """Choose one of the options of a field; one that is folded away is unfolded first."""
        option = f"input[name={field}][value='{value}']"
        fold = self.page.locator(f"main details:not([open]):has({option}) > summary")
        if fold.count():
            fold.click()
        self.page.locator(f"main {option}").check()

    def send(self) -> None:
        """Say yes where it is asked, send, and keep reference and code."""
        yes = self.page.locator("main input[type=radio][value=yes]")
        if yes.count():
            yes.check()
        self.further("/vraag/gelukt/")
        self.look("done")
        self.story.remember_the_receipt(self.page)

    def follow(self, words: str) -> None:
        """Open their own page with what they kept, and read their own words there."""
        self.page.goto(self.story.address("putten", "/volg/"))
        self.look("key")
        self.write("reference", self.story.reference)
        self.write("code", self.story.code)
        self.further("/volg/vraag/")
        self.look("follow")
        # The headline is a sentence, with a full stop also where the reason is a clause in it.
        expect(self.page.locator(".vd-status h1")).to_have_text(re.compile(r"\.\s*$"))
        self.page.locator(".vd-status summary").click()
        own = self.page.locator(".vd-status .vd-words")
        expect(own).to_be_visible()
        expect(own).to_have_text(words)


@pytest.fixture
def names(story: Elsewhere) -> set[str]:
    """The words of the names on these pages: they stay as they are in each language."""
    found = [_EVERYWHERE, story.partnership.name, *(spoken.name for spoken in LANGUAGES)]
    for kind in (Organisation, Team):
        found += kind.objects.values_list("name", flat=True)
    found += story.partnership.neighbourhoods.values_list("name", flat=True)
    leads = Membership.objects.filter(role=Role.NEIGHBOURHOOD_LEAD)
    found += leads.values_list("user__name", flat=True)
    return {word for name in found for word in _LATIN.findall(name)}


def a_letter(walk: Walk) -> None:
    """Story 1: somebody calls about a letter. What was given is read again on the follow page."""
    walk.choose_language()
    walk.look("front")
    walk.page.goto(walk.story.address("putten", "/vraag/bel-mij/"))
    walk.write("phone", "06-12 34 56 78")
    walk.write("words", walk.spoken.letter)
    walk.look("call")
    walk.further("/vraag/controle/")
    walk.look("check")
    walk.send()
    question = Question.objects.get()
    assert question.asker.contact_wish.language == walk.spoken.code
    walk.follow(walk.spoken.letter)


def a_girl(walk: Walk) -> None:
    """Story 2: a girl of 15, by her own door: no name, no post, and she looks with her code."""
    walk.page.goto(walk.story.address("putten", "/vraag/?je=1"))
    walk.choose_language()
    walk.look("girl-starts")
    walk.further("/vraag/woorden/")
    walk.write("words", walk.spoken.school)
    walk.look("girl-writes")
    walk.further("/vraag/over-wie/")
    walk.choose("about", "self")
    walk.look("girl-about")
    walk.further("/vraag/onderwerp/")
    walk.choose("domains", "veiligheid")
    walk.look("girl-topic")
    walk.further("/vraag/leeftijd-en-postcode/")
    walk.choose("age_band", "12-15")
    walk.write("postcode", "3881")
    walk.look("girl-age")
    walk.further("/vraag/bereiken/")
    walk.choose("ways", "code")
    walk.look("girl-reach")
    walk.further("/vraag/naam/")
    expect(walk.page.locator("main [name=no_post]")).to_be_checked()
    walk.look("girl-name")
    walk.further("/vraag/controle/")
    walk.look("girl-check")
    walk.send()
    walk.follow(walk.spoken.school)


def violence(walk: Walk) -> None:
    """Story 4: on Friday evening; the numbers come at once, the words are heard, and it is sent."""
    walk.page.goto(walk.story.address("putten", "/vraag/"))
    walk.choose_language()
    walk.look("evening")
    expect(walk.page.locator("main a[href='tel:112']").first).to_be_visible()
    walk.further("/vraag/woorden/")
    walk.write("words", walk.spoken.violence)
    walk.further("/vraag/hulp/")
    walk.look("danger")
    expect(walk.page.locator("main a[href='tel:112']").first).to_be_visible()
    walk.further("/vraag/hulp/bereiken/")
    walk.look("safe-way")
    walk.choose("way", "none")
    walk.further("/vraag/gelukt/")
    walk.look("sent")
    walk.story.remember_the_receipt(walk.page)
    question = Question.objects.get(reference=walk.story.reference)
    assert question.urgency == "danger"
    assert Message.objects.filter(about_id=question.pk, urgent=True).exists()
    walk.follow(walk.spoken.violence)


@pytest.mark.parametrize("spoken", LANGUAGES, ids=lambda one: f"in_{one.code}")
def test_three_residents_ask_and_follow(story: Elsewhere, names: set[str], spoken: Spoken) -> None:
    a_letter(Walk(story, spoken, names, story.phone()))
    a_girl(Walk(story, spoken, names, story.open_page(phone=True)))
    story.at(2026, 11, 27, 18, 10)
    violence(Walk(story, spoken, names, story.open_page(phone=True)))
