"""What concerns one person over all regions: the roadmaps they take part in, and what waits for them."""

from flask import render_template
from flask_login import current_user

from roadmap.desk.blueprint import bp
from roadmap.desk.counting import count_waiting_for
from roadmap.desk.queries import roadmaps_of
from roadmap.desk.stands import stands_of
from roadmap.desk.talks import talk_tasks
from roadmap.history.places import places_of
from roadmap.history.purging import kept_until
from roadmap.history.views import place_unknown
from roadmap.history.waiting import listed_words_of
from roadmap.history.words import cause_in_words
from roadmap.intake.tasks import table_tasks
from roadmap.people.models import Person
from roadmap.people.queries import memberships_of
from roadmap.people.roles import Act, Role, holds
from roadmap.people.session import acting_person
from roadmap.plan.queries import titles_of
from roadmap.review.tasks import tasks_for
from roadmap.web.declare import for_oneself

MOST_ROWS = 200


@bp.get("/roadmaps")
@for_oneself
def roadmaps() -> str:
    """List the roadmaps a person takes part in, each with where it stands; offer to begin one."""
    memberships = memberships_of(acting_person())
    found = roadmaps_of(memberships)
    creating = {
        held.region_id: held.region for held in memberships if holds({Role(held.role)}, Act.CREATE_ROADMAP)
    }
    return render_template(
        "desk/roadmaps.html",
        roadmaps=found,
        titles=titles_of([roadmap.id for roadmap in found]),
        stands=stands_of(found, memberships),
        regions_to_create_in=list(creating.values()),
        is_mentor=any(held.role == Role.MENTOR for held in memberships),
        is_admin=any(held.role == Role.ADMIN for held in memberships),
        has_any=bool(memberships),
    )


@bp.get("/tasks")
@for_oneself
def tasks() -> str:
    """Show what waits for a person, what they wait for, and what they typed that did not go through."""
    person = acting_person()
    found = sorted(
        [*tasks_for(person), *talk_tasks(person), *table_tasks(person)], key=lambda task: task.since
    )
    kept = sorted(listed_words_of(person), key=lambda words: words.at)[:MOST_ROWS]
    places = places_of(person, kept)
    return render_template(
        "desk/tasks.html",
        my_turn=[task for task in found if task.is_mine][:MOST_ROWS],
        others_turn=[task for task in found if not task.is_mine][:MOST_ROWS],
        kept=kept,
        places={words.uid: places.get(words.uid) or place_unknown(words) for words in kept},
        cause_in_words=cause_in_words,
        kept_until=kept_until,
    )


def count_tasks() -> int:
    """Count for the header what waits for the reader."""
    person = current_user._get_current_object()  # noqa: SLF001 - Flask-Login's documented way to the object
    if not isinstance(person, Person):
        return 0
    return count_waiting_for(person)
