"""The ways of failing mid-edit: each does what goes wrong to Rina's form and gives the last answer she saw."""

from collections.abc import Callable
from dataclasses import replace

from roadmap import create_app
from roadmap.clock import now
from roadmap.errors import TooMany
from roadmap.extensions import db
from roadmap.history.events import Recorded
from roadmap.people import operations as people
from roadmap.people.queries import find_member
from roadmap.plan import operations
from roadmap.work import unit_of_work
from tests.cast import PASSWORD
from tests.journeys.failing import ANSWER, KEPT, PLAN, WORDS, Scene, fail
from tests.page import Page


def session_ended_elsewhere(scene: Scene) -> Page:
    scene.end_sessions()
    return scene.send()


def session_expired(scene: Scene) -> Page:
    scene.clock.advance(hours=13)
    return scene.send()


def cookie_lost(scene: Scene) -> Page:
    scene.client.forget()
    return scene.send()


def cookie_lost_and_somebody_else_signs_in(scene: Scene) -> Page:
    return _sign_in(scene, cookie_lost(scene), scene.cast.dodi.email)


def session_ended_and_signed_in_again(scene: Scene) -> Page:
    page = session_ended_elsewhere(scene)
    page = _sign_in(scene, page, scene.cast.rina.email)
    return scene.client.submit(page, "send-on-form", {}, follow=False)


def session_ended_and_a_wrong_password(scene: Scene) -> Page:
    return _sign_in(scene, session_ended_elsewhere(scene), scene.cast.rina.email, "keliru")


def session_ended_and_somebody_else_signs_in(scene: Scene) -> Page:
    return _sign_in(scene, session_ended_elsewhere(scene), scene.cast.dodi.email)


def session_ended_and_the_database_goes_too(scene: Scene) -> Page:
    page = session_ended_elsewhere(scene)
    scene.break_database("server closed the connection unexpectedly")
    return _sign_in(scene, page, scene.cast.rina.email)


def _sign_in(scene: Scene, page: Page, email: str, password: str = PASSWORD) -> Page:
    return scene.client.submit(page, "sign-in-form", {"email": email, "password": password}, follow=False)


def token_missing(scene: Scene) -> Page:
    sent = scene.sent_fields()
    del sent["csrf_token"]
    return scene.client.post(scene.form.path, sent, token=False)


def token_stale(scene: Scene) -> Page:
    return scene.client.post(scene.form.path, scene.sent_fields() | {"csrf_token": "usang"})


def another_person_signed_in_on_this_device(scene: Scene) -> Page:
    scene.client.sign_in(scene.cast.dodi)
    return scene.send()


def something_else_cannot_be_stored(scene: Scene) -> Page:
    return scene.send(
        {"budget-0-amount": "banyak sekali", "budget-0-year": "2026", "budget-0-source": "apbd"}
    )


def too_long_a_text_beside_it(scene: Scene) -> Page:
    return scene.send({"title": "x" * 600})


def form_arrives_damaged(scene: Scene) -> Page:
    return scene.client.post(scene.form.path, {"expected_result": WORDS})


def somebody_changed_the_same_sentence(scene: Scene) -> Page:
    scene.edit({"expected_result": "Sudah ada."})
    return scene.send()


def item_removed(scene: Scene) -> Page:
    with scene.at_home():
        operations.remove_item(scene.cast.dodi, "action", scene.action.id)
    return scene.send()


def roadmap_finished(scene: Scene) -> Page:
    scene.finish()
    return scene.send()


def roadmap_finished_and_the_disk_full(scene: Scene) -> Page:
    scene.finish()
    scene.break_database("database or disk is full", "INSERT|UPDATE")
    return scene.send()


def role_taken_away(scene: Scene) -> Page:
    scene.take_role(scene.cast.rina)
    return scene.send()


def role_ended_by_its_date(scene: Scene) -> Page:
    with scene.at_home(), unit_of_work():
        membership = find_member(scene.cast.city.id, scene.cast.rina.uid)
        assert membership is not None
        membership.ends_on = now().date()
        db.session.flush()
        membership.starts_on = membership.starts_on.replace(year=2025)
        membership.ends_on = membership.ends_on.replace(year=2025)
    return scene.send()


def account_closed(scene: Scene) -> Page:
    with scene.at_home():
        people.close_account(scene.cast.rina)
    return scene.send()


def a_field_that_is_not_hers(scene: Scene) -> Page:
    scene.monkeypatch.setattr("roadmap.plan.operations.require_fields", _refuse)
    return scene.send()


def _refuse(*_arguments: object) -> None:
    from roadmap.errors import NotAllowed

    raise NotAllowed


def database_gone(scene: Scene) -> Page:
    scene.break_database("server closed the connection unexpectedly")
    return scene.send()


def database_goes_before_the_commit(scene: Scene) -> Page:
    scene.break_commits("server closed the connection unexpectedly")
    return scene.send()


def disk_full(scene: Scene) -> Page:
    scene.break_database("database or disk is full", "INSERT|UPDATE")
    return scene.send()


def database_locked(scene: Scene) -> Page:
    scene.break_database("database is locked", "BEGIN IMMEDIATE|UPDATE")
    return scene.send()


def overtaken_again_and_again(scene: Scene) -> Page:
    def overtaken(*_arguments: object, **_more: object) -> None:
        from sqlalchemy.orm.exc import StaleDataError

        raise StaleDataError

    scene.monkeypatch.setattr("roadmap.plan.saving.edit_item", overtaken)
    return scene.send()


def database_gone_while_it_is_new(scene: Scene) -> Page:
    form = scene.client.get(f"/roadmaps/{scene.action.roadmap_id}/problems/new")
    scene.break_database("server closed the connection unexpectedly")
    return scene.client.submit(form, "new-problem", {"cause": WORDS}, follow=False)


def something_new_in_a_finished_roadmap(scene: Scene) -> Page:
    form = scene.client.get(f"/roadmaps/{scene.action.roadmap_id}/problems/new")
    scene.finish()
    return scene.client.submit(form, "new-problem", {"cause": WORDS}, follow=False)


def larger_than_may_be_sent(scene: Scene) -> Page:
    return scene.send({"title": "x" * 4_100_000})


def asked_too_often(scene: Scene) -> Page:
    def too_many(*_arguments: object, **_more: object) -> None:
        raise TooMany("Terlalu sering.", seconds=30)

    scene.monkeypatch.setattr("roadmap.plan.saving.edit_item", too_many)
    return scene.send()


def a_fault_within_the_act(scene: Scene) -> Page:
    scene.have_fail(Recorded)
    return scene.send()


def a_fault_within_and_nothing_can_be_kept(scene: Scene) -> Page:
    scene.monkeypatch.setattr("roadmap.web.errors._keepers", [fail])
    scene.have_fail(Recorded)
    return scene.send()


def a_fault_after_the_commit(scene: Scene) -> Page:
    scene.have_fail(Recorded, after=True)
    return scene.send()


def answer_lost_and_sent_again(scene: Scene) -> Page:
    before = scene.acts()
    scene.send()  # committed, and the server killed before it could say so
    page = scene.send()
    assert scene.acts() == before + 1
    return page


def killed_before_the_commit_and_sent_again(scene: Scene) -> Page:
    before = scene.acts()
    database_goes_before_the_commit(scene)
    assert scene.acts() == before
    scene.mend()
    return scene.send()


def pressed_twice(scene: Scene) -> Page:
    before = scene.acts()
    pages = [scene.send(), scene.send()]
    assert ([page.status for page in pages], scene.acts()) == ([303, 303], before + 1)
    return pages[1]


def written_in_two_tabs(scene: Scene) -> Page:
    other = scene.client.get(f"/actions/{scene.action.id}/edit/area")
    scene.client.submit(other, f"/actions/{scene.action.id}/edit/area", {"area": "Kecamatan"}, follow=False)
    return scene.send()


def a_deploy_that_knows_the_old_key(scene: Scene) -> Page:
    _deploy(scene, knows_the_old=True)
    return scene.send()


def a_deploy_with_another_key(scene: Scene) -> Page:
    _deploy(scene, knows_the_old=False)
    return scene.send()


def _deploy(scene: Scene, *, knows_the_old: bool) -> None:
    config = scene.app.extensions["roadmap_config"]
    old = (config.secret_key,) if knows_the_old else ()
    deployed = create_app(replace(config, secret_key="k" * 40, secret_key_fallbacks=old))
    cookie = scene.client.raw.get_cookie("roadmap")
    assert cookie is not None
    scene.client.raw = deployed.test_client()
    scene.client.raw.set_cookie("roadmap", cookie.value)

    def close() -> None:
        with deployed.app_context():
            db.engine.dispose()

    scene.undone.append(close)


WAYS: dict[Callable[[Scene], Page], tuple[int, str]] = {
    session_ended_elsewhere: (401, ANSWER),
    session_expired: (401, ANSWER),
    cookie_lost: (401, ANSWER),
    cookie_lost_and_somebody_else_signs_in: (303, KEPT),
    session_ended_and_signed_in_again: (303, PLAN),
    session_ended_and_a_wrong_password: (422, ANSWER),
    session_ended_and_somebody_else_signs_in: (303, KEPT),
    session_ended_and_the_database_goes_too: (503, ANSWER),
    token_missing: (400, ANSWER),
    token_stale: (400, ANSWER),
    another_person_signed_in_on_this_device: (303, KEPT),
    something_else_cannot_be_stored: (422, ANSWER),
    too_long_a_text_beside_it: (422, KEPT),
    form_arrives_damaged: (422, KEPT),
    somebody_changed_the_same_sentence: (409, KEPT),
    item_removed: (409, KEPT),
    roadmap_finished: (409, KEPT),
    roadmap_finished_and_the_disk_full: (409, ANSWER),
    role_taken_away: (404, KEPT),
    role_ended_by_its_date: (404, KEPT),
    account_closed: (401, ANSWER),
    a_field_that_is_not_hers: (403, KEPT),
    database_gone: (503, ANSWER),
    database_goes_before_the_commit: (503, ANSWER),
    disk_full: (503, ANSWER),
    database_locked: (503, ANSWER),
    overtaken_again_and_again: (503, ANSWER),
    database_gone_while_it_is_new: (503, ANSWER),
    something_new_in_a_finished_roadmap: (409, KEPT),
    larger_than_may_be_sent: (413, ANSWER),
    asked_too_often: (429, KEPT),
    a_fault_within_the_act: (500, KEPT),
    a_fault_within_and_nothing_can_be_kept: (500, ANSWER),
    a_fault_after_the_commit: (303, PLAN),
    answer_lost_and_sent_again: (303, PLAN),
    killed_before_the_commit_and_sent_again: (303, PLAN),
    pressed_twice: (303, PLAN),
    written_in_two_tabs: (303, PLAN),
    a_deploy_that_knows_the_old_key: (303, PLAN),
    a_deploy_with_another_key: (401, ANSWER),
}
