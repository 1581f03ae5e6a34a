"""Who may do what is one page made from the table, and every refusal says why, and who can."""

import pytest

from roadmap.people.rights import ACT_NAMES
from roadmap.people.roles import READERS, RIGHTS, Act, Role, Stage
from roadmap.people.words import ROLE_NAMES, STAGE_NAMES
from tests.cast import Cast
from tests.factories import a_roadmap
from tests.review.stories import in_review


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("role", [None, *Role])
def test_the_page_says_of_each_role_exactly_what_the_table_says(client, role: Role | None) -> None:
    page = client.get("/rights" + (f"?peran={role}" if role else ""))
    told = {one["id"]: one for one in page.all("tbody tr[id]")}
    wanted = {act for act in Act if act in ACT_NAMES and (role is None or role in RIGHTS[act].roles)}
    assert set(told) == {act.value for act in wanted}
    for act in wanted:
        who, when = (cell.text for cell in told[act.value].all("td"))
        assert {one.strip() for one in who.split(",")} == {ROLE_NAMES[one] for one in RIGHTS[act].roles}
        stages = RIGHTS[act].stages
        if when != "Semua tahap":
            assert {one.strip() for one in when.split(",")} == {STAGE_NAMES[one] for one in stages}
        else:
            assert stages == frozenset(Stage)


@pytest.mark.engines("sqlite")
def test_every_act_of_the_table_is_told(client) -> None:
    assert set(ACT_NAMES) == set(Act)
    page = client.get("/rights")
    for level, readers in READERS.items():
        assert readers, level
    assert page.text.count("Publik setelah terbit") == 1


def test_yusuf_who_may_not_submit_reads_who_can_by_name(cast: Cast, client):
    with client.app.app_context():
        roadmap_id = a_roadmap(cast).id
    client.sign_in(cast.yusuf)
    client.get("/account")
    page = client.post(f"/roadmaps/{roadmap_id}/submissions")
    assert page.status == 403
    assert "Tindakan: Mengajukan rancangan." in page
    assert "Peran Anda di sini: Mitra OMS." in page
    assert cast.rina.name in page
    assert page.link("Mengapa tidak bisa? Lihat siapa boleh apa") == "/rights#submit"


def test_maria_who_comes_too_early_reads_at_which_stage_she_can(cast: Cast, client):
    with client.app.app_context():
        roadmap, submission = in_review(cast)
        submission_id = submission.id
        from roadmap.review import operations

        operations.withdraw(cast.rina, roadmap.id)
    client.sign_in(cast.maria)
    page = client.get(f"/submissions/{submission_id}/verdict")
    assert page.status == 409
    assert "terbuka pada tahap: Telaah." in page


def test_a_stranger_learns_nothing_from_the_refusal(cast: Cast, client):
    with client.app.app_context():
        roadmap_id = a_roadmap(cast).id
    client.sign_in(cast.eka)
    client.get("/account")
    page = client.post(f"/roadmaps/{roadmap_id}/submissions")
    assert page.status == 404
    assert cast.rina.name not in page
    assert "Tindakan:" not in page
