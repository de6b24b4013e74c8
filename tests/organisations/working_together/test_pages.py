"""What the partners keep together is written by who may, holds no person and stays in its wall."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organisations.directory.models import Organisation
from organisations.roles import neighbourhood_leads
from organisations.roles.models import Role
from organisations.working_together.figures import quarter_of
from organisations.working_together.models import MovableTask
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.core.working_days import local_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}
AT = "/samenwerken/"
PERSON = "Bel 06 12345678 voor mevrouw De Vries, Dorpsstraat 5"


@pytest.fixture
def here() -> make.World:
    return make.world()


def test_way_of_working_and_successes_are_kept_by_the_wijkaanjager(here: make.World) -> None:
    here.partnership.opening_questions = [{"question": "Wat wilt u?", "help": "", "informal": ""}]
    here.partnership.save()
    dorp = here.places["dorp"]
    lead = signed_in(make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=dorp))
    worker = signed_in(make.professional(here, "stimenz"))
    assert lead.post(f"{AT}werkwijze/", {"text": PERSON}, headers=HOST).status_code == 422
    for text in ("Eerst samen kijken.", "Eerst samen kijken, dan doen."):
        sent = lead.post(f"{AT}werkwijze/", {"text": text}, headers=HOST)
        assert sent.status_code == 302
    success = {"title": "De moestuin", "text": "Iedereen deed mee.", "neighbourhood": dorp.pk}
    elsewhere = {**success, "neighbourhood": here.places["huinen"].pk}
    assert lead.post(f"{AT}succes/", elsewhere, headers=HOST).status_code == 422
    assert lead.post(f"{AT}succes/", success, headers=HOST).status_code == 302
    page = worker.get(AT, headers=HOST).content.decode()
    for shown in ("Wat wilt u?", "Eerst samen kijken, dan doen.", "De moestuin"):
        assert shown in page
    assert here.partnership.wayofworkings.count() == 2, "what stood there stays"
    assert worker.post(f"{AT}werkwijze/", {"text": "x"}, headers=HOST).status_code == 403
    one = here.partnership.sharedsuccesss.get()
    assert worker.post(f"{AT}succes/{one.pk}/weg/", headers=HOST).status_code == 403
    assert lead.post(f"{AT}succes/{one.pk}/weg/", headers=HOST).status_code == 302


def test_coordinators_keep_actions_agreements_and_tasks_that_move(here: make.World) -> None:
    coordinator = signed_in(make.coordinator(here))
    worker = signed_in(make.professional(here, "stimenz"))
    soon = timezone.localdate() + timedelta(days=3)
    action = {"what": "Overleg plannen", "organisation": here["actief"].pk, "due_on": soon}
    past = {**action, "due_on": soon - timedelta(days=9)}
    assert coordinator.post(f"{AT}acties/", past, headers=HOST).status_code == 422
    assert coordinator.post(f"{AT}acties/", action, headers=HOST).status_code == 302
    assert worker.get(f"{AT}acties/", headers=HOST).status_code == 403
    (row,) = here.partnership.jointactions.all()
    coordinator.post(f"{AT}acties/{row.pk}/", {"klaar": "ja"}, headers=HOST)
    row.refresh_from_db()
    assert row.done_on == timezone.localdate()

    note = {
        "life_domain": here.domains["geld"].pk,
        "layer": "3",
        "agreed": "ja",
        "text": "Stimenz doet de schulden, Actief Putten de koffie.",
    }
    assert coordinator.post(f"{AT}afspraken/", {**note, "text": PERSON}).status_code == 422
    assert coordinator.post(f"{AT}afspraken/", note, headers=HOST).status_code == 302
    assert worker.post(f"{AT}afspraken/", note, headers=HOST).status_code == 403
    assert (
        "Stimenz doet de schulden" in worker.get(f"{AT}afspraken/", headers=HOST).content.decode()
    )
    assert "afspraken (1)" in worker.get("/aanbod/overzicht/", headers=HOST).content.decode()

    service = make.service(here, "stimenz", "geld")
    task = {"service": service.pk, "what": "Formulieren invullen"}
    assert coordinator.post(f"{AT}taken/", task, headers=HOST).status_code == 302
    moved = here.partnership.movabletasks.get()
    at = f"{AT}taken/{moved.pk}/"
    assert coordinator.post(at, {"state": "moved"}, headers=HOST).status_code == 422
    Organisation.objects.filter(pk=here["actief"].pk).update(kind=Organisation.Kind.INITIATIVE)
    done = {"state": "moved", "to": here["actief"].pk}
    assert coordinator.post(at, done, headers=HOST).status_code == 302
    assert worker.get(at, headers=HOST).status_code == 403
    page = worker.get(f"{AT}taken/", headers=HOST).content.decode()
    assert "Formulieren invullen" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        MovableTask.objects.filter(pk=moved.pk).update(to=None)


def test_group_work_is_counted_without_a_person(here: make.World) -> None:
    worker = signed_in(make.professional(here, "stimenz"))
    sent = {
        "what": "Koffieochtend",
        "organisation": here["stimenz"].pk,
        "day": timezone.localdate(),
        "life_domain": here.domains["bewegen"].pk,
        "people": "14",
        "volunteers": "",
    }
    at = f"{AT}groepswerk/"
    assert worker.post(at, {**sent, "what": PERSON}, headers=HOST).status_code == 422
    assert worker.post(at, {**sent, "organisation": here["actief"].pk}).status_code == 422
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert worker.post(at, {**sent, "day": tomorrow}, headers=HOST).status_code == 422
    assert worker.post(at, sent, headers=HOST).status_code == 302
    assert '<td class="vd-number">14</td>' in worker.get(at, headers=HOST).content.decode()
    municipality = here.partnership.municipalities.get()
    council = signed_in(make.member(here, Role.MUNICIPALITY, municipality=municipality))
    seen = council.get(at, headers=HOST).content.decode()
    assert '<td class="vd-number">10</td>' in seen
    assert "Koffieochtend" not in seen
    assert council.post(at, sent, headers=HOST).status_code == 403
    one = here.partnership.collectiveworks.get()
    other = signed_in(make.professional(here, "stimenz"))
    assert other.post(f"{at}{one.pk}/weg/", headers=HOST).status_code == 404
    assert worker.post(f"{at}{one.pk}/weg/", headers=HOST).status_code == 302


def _write(here: make.World, values: dict[str, object]) -> None:
    here.partnership.collectiveworks.create(**values)
    connection.check_constraints()


def test_a_row_points_at_nothing_of_another_partnership(here: make.World) -> None:
    there = make.world("elders")
    foreign = {
        "organisation": here["stimenz"],
        "life_domain": there.domains["geld"],
        "day": timezone.localdate(),
        "what": "Koffie",
        "people": 3,
        "at": timezone.now(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        _write(here, foreign)
    coordinator = signed_in(make.coordinator(there))
    row = here.partnership.jointactions.create(
        what="Bellen", organisation=here["actief"], due_on=timezone.localdate(), at=timezone.now()
    )
    answer = coordinator.post(f"{AT}acties/{row.pk}/", headers={"host": "elders.localhost"})
    assert answer.status_code == 404


def test_a_neighbourhood_without_a_wijkaanjager_is_warned_about(here: make.World) -> None:
    today = local_date(timezone.now())
    assert neighbourhood_leads.without(here.partnership, today) == [], "nobody works with them"
    lead = make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=here.places["dorp"])
    boss = signed_in(make.member(here, Role.ADMINISTRATOR))
    assert "Zonder wijkaanjager: Huinen." in boss.get("/beheer/", headers=HOST).content.decode()
    page = signed_in(make.coordinator(here)).get("/wijk/?wijk=dorp", headers=HOST).content.decode()
    assert f"{lead.name}, Stichting Welzijn Putten" in page
    assert "Zonder wijkaanjager: Huinen." in page


def test_a_quarter_ends_where_the_next_begins() -> None:
    day = timezone.localdate().replace(month=1, day=15)
    for month in range(1, 13):
        first, after = quarter_of(day.replace(month=month))
        assert first <= day.replace(month=month) < after
        assert quarter_of(after - timedelta(days=1)) == (first, after)
