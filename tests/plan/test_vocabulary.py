"""A region's own words for rights and groups."""

from roadmap.plan.queries import terms_seen_by
from tests.cast import sign_in
from tests.factories import a_problem, a_roadmap


def test_an_administrator_adds_a_word_that_only_this_region_is_offered(client, cast, app):
    roadmap, foreign = a_roadmap(cast), a_roadmap(cast, by=cast.eka)
    sign_in(client, cast.adi)
    page = client.get(f"/regions/{cast.city.id}/vocabulary")
    client.submit(
        page, "new-term", {"vocabulary": "groups", "label": "Nelayan kecil", "label_en": "Small fishers"}
    )
    sign_in(client, cast.rina)
    assert "Nelayan kecil" in client.get(f"/roadmaps/{roadmap.id}/problems/new").text
    sign_in(client, cast.eka)
    assert "Nelayan kecil" not in client.get(f"/roadmaps/{foreign.id}/problems/new").text


def test_a_word_in_use_is_retired_and_stays_readable(client, cast, app):
    roadmap = a_roadmap(cast)
    sign_in(client, cast.adi)
    page = client.get(f"/regions/{cast.city.id}/vocabulary")
    page = client.submit(page, "new-term", {"vocabulary": "groups", "label": "Nelayan kecil"}, follow=True)
    with app.app_context():
        term = next(one for one in terms_seen_by(cast.city.id, "groups") if one.label == "Nelayan kecil")
        uid, term_id = term.uid, term.id
    problem = a_problem(cast, roadmap, groups=[uid])
    client.submit(page, f"term-{term_id}", {})
    sign_in(client, cast.rina)
    assert "Nelayan kecil" in client.get(f"/problems/{problem.id}").text
    assert "Nelayan kecil" not in client.get(f"/roadmaps/{roadmap.id}/problems/new").text


def test_a_known_or_empty_word_is_refused_with_the_words_kept(client, cast):
    sign_in(client, cast.adi)
    page = client.get(f"/regions/{cast.city.id}/vocabulary")
    known = client.submit(page, "new-term", {"vocabulary": "groups", "label": "perempuan"})
    assert (known.status, known.form("new-term").fields["label"]) == (422, "perempuan")
    assert client.submit(page, "new-term", {"label": ""}).status == 422


def test_nobody_else_manages_the_words(client, cast):
    sign_in(client, cast.rina)
    assert client.get(f"/regions/{cast.city.id}/vocabulary").status == 403
    sign_in(client, cast.eka)
    assert client.get(f"/regions/{cast.city.id}/vocabulary").status == 404
