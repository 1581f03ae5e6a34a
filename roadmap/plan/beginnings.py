"""Beginning a roadmap, writing it step by step, and the region's own words for rights and groups."""

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotThere, NotValid
from roadmap.history.errors import EditConflict
from roadmap.history.models import Roadmap
from roadmap.history.operations import keep_words
from roadmap.people.access import region_for
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import roadmap_for
from roadmap.plan.blueprint import bp, item_url
from roadmap.plan.fields import Choices
from roadmap.plan.filling import fill_with_kept
from roadmap.plan.forms import ItemForm, form_of, read_base_version, read_form
from roadmap.plan.guided import STEPS, Step, Way, first_open, in_turn, is_answered, step_numbered
from roadmap.plan.keeping import kept_uid_for, settle_sent_words
from roadmap.plan.kinds import COVER, KINDS
from roadmap.plan.operations import add_item, create_roadmap, edit_item
from roadmap.plan.outline import ItemView, Outline
from roadmap.plan.pages import enter, roadmap_page
from roadmap.plan.queries import choices_for, outline_of
from roadmap.web.declare import asks
from roadmap.web.language import chosen_language
from roadmap.web.respond import Notice, done
from roadmap.work import unit_of_work

BEGINNING = ("title", "year_from", "year_to", "vision")


@bp.get("/regions/<int:region_id>/roadmaps/new", endpoint="new_roadmap")
@asks(Act.CREATE_ROADMAP)
def new_roadmap_form(region_id: int) -> Response:
    """Ask for the first words of a roadmap."""
    person = acting_person()
    region = region_for(person, region_id, to=Act.CREATE_ROADMAP)
    form = form_of(COVER, {}, BEGINNING, Choices(), 1)
    fill_with_kept(form, person, None, request.args.get("kept", ""))
    return _new_page(region_id, form, region)


@bp.post("/regions/<int:region_id>/roadmaps/new")
@asks(Act.CREATE_ROADMAP)
def new_roadmap_save(region_id: int) -> Response:
    """Create a roadmap, and lead to its page."""
    person = acting_person()
    region = region_for(person, region_id, to=Act.CREATE_ROADMAP)
    form = read_form(COVER, request.form, Choices())
    if not form.values.get("title") and "title" not in form.errors:
        form.errors["title"] = _("Beri peta jalan ini nama; boleh diubah nanti.")
    if form.errors:
        return _new_page(region_id, form, region, 422)
    outcome = once(
        person,
        pressed(),
        lambda: create_roadmap(person, region_id, form.values),
        lambda roadmap: url_for("desk.roadmap", roadmap_id=roadmap.id),
    )
    settle_sent_words(person)
    return done(outcome.address, Notice(_("Peta jalan dibuat. Tim daerah ini sudah dapat melihatnya.")))


@bp.get("/roadmaps/<int:roadmap_id>/guided", endpoint="guided_start")
@asks(Act.EDIT)
def guided_start(roadmap_id: int) -> Response:
    """Lead to the first question that is not answered yet."""
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.EDIT)
    plan = outline_of(roadmap.id)
    step = next((one for one in STEPS if not is_answered(plan, one)), STEPS[0])
    return redirect(url_for("plan.guided", roadmap_id=roadmap.id, step=step.number), 302)


@bp.get("/roadmaps/<int:roadmap_id>/guided/<int:step>", endpoint="guided")
@asks(Act.EDIT)
def guided_question(roadmap_id: int, step: int) -> Response:
    """Ask one of the seven questions."""
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.EDIT)
    asked = _step(step)
    plan = outline_of(roadmap.id)
    item = _item_in_turn(plan, asked, request.args.get("item", ""))
    choices = choices_for(roadmap, plan, language=chosen_language())
    form = _guided_form(asked, item, choices)
    fill_with_kept(form, acting_person(), None, request.args.get("kept", ""))
    return _guided_page(roadmap, asked, plan, item, form)


@bp.post("/roadmaps/<int:roadmap_id>/guided/<int:step>")
@asks(Act.EDIT)
def guided_answer(roadmap_id: int, step: int) -> Response:
    """Save an answer, and go where the button says: on, once more, or out."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.EDIT)
    asked = _step(step)
    plan = outline_of(roadmap.id)
    item = _item_in_turn(plan, asked, request.form.get("item", ""))
    form = read_form(KINDS[asked.kind], request.form, choices_for(roadmap, plan, language=chosen_language()))
    nothing_typed = not any(form.values.values()) and not form.errors
    if nothing_typed and asked.way == Way.ADD:
        return redirect(_next_url(roadmap, asked, plan, item), 303)
    if form.errors:
        return _guided_page(roadmap, asked, plan, item, form, status=422)
    try:
        outcome = once(
            person,
            pressed(),
            lambda: _answer(person, roadmap.id, asked, item, form),
            lambda _saved: url_for("plan.guided", roadmap_id=roadmap_id, step=asked.number),
            roadmap_id=roadmap.id,
        )
    except NotValid as problem:
        form.errors |= {name: _(sentence) for name, sentence in problem.errors.items()}
        return _guided_page(roadmap, asked, outline_of(roadmap_id), item, form, status=422)
    except EditConflict:
        return _guided_clash(person, item, form)
    del outcome
    settle_sent_words(person)
    roadmap = roadmap_for(person, roadmap_id, to=Act.EDIT)
    enter(roadmap.region)
    return done(
        _next_url(roadmap, asked, outline_of(roadmap_id), item), Notice(_("Tersimpan di peta jalan."))
    )


def _answer(person: Person, roadmap_id: int, step: Step, item: ItemView | None, form: ItemForm) -> object:
    if step.way == Way.ADD:
        parent = item.uid if step.under and item else None
        return add_item(person, roadmap_id, step.kind, form.values, parent_uid=parent)
    if item is None:
        raise NotThere
    return edit_item(person, step.kind, item.id, read_base_version(request.form), form.values)


def _guided_clash(person: Person, item: ItemView | None, form: ItemForm) -> Response:
    """Keep the words and lead to the form where the choice is made."""
    if item is None:
        raise NotThere
    with unit_of_work():
        kept = keep_words(person, dict(form.values), "clash", item_url(item))
        if kept is not None:
            kept.item_kind, kept.item_uid = item.kind, item.uid
        uid = kept.uid if kept else ""
    address = url_for("plan.edit_item", plural=KINDS[item.kind].plural, item_id=item.id, kept=uid)
    return done(
        address,
        Notice(
            _(
                "Orang lain baru saja mengubah isian yang sama. Tulisan Anda ada di formulir ini; periksa lalu simpan."
            ),
            "heed",
        ),
    )


def _step(number: int) -> Step:
    step = step_numbered(number)
    if step is None:
        raise NotThere
    return step


def _item_in_turn(plan: Outline, step: Step, wanted: str) -> ItemView | None:
    if step.way == Way.COVER:
        return plan.cover
    if step.way == Way.ADD and not step.under:
        return None
    candidates = plan.items[step.under or step.kind]
    named = next((one for one in candidates if str(one.id) == wanted), None)
    return named or first_open(plan, step) or (candidates[0] if candidates else None)


def _guided_form(step: Step, item: ItemView | None, choices: Choices) -> ItemForm:
    kind = KINDS[step.kind]
    if step.way == Way.ADD or item is None:
        return form_of(kind, {}, step.fields, choices, 1)
    return form_of(kind, item.values, step.fields, choices, item.version)


def _next_url(roadmap: Roadmap, step: Step, plan: Outline, item: ItemView | None) -> str:
    going = request.form.get("go", "next")
    if going == "stop":
        return url_for("desk.roadmap", roadmap_id=roadmap.id)
    if going == "again":
        same = item.id if step.under and item else None
        return url_for("plan.guided", roadmap_id=roadmap.id, step=step.number, item=same)
    following = _following(plan, step, item)
    if following is not None:
        return url_for("plan.guided", roadmap_id=roadmap.id, step=step.number, item=following.id)
    if step.number == len(STEPS):
        return url_for("plan.findings", roadmap_id=roadmap.id)
    return url_for("plan.guided", roadmap_id=roadmap.id, step=step.number + 1)


def _following(plan: Outline, step: Step, item: ItemView | None) -> ItemView | None:
    """Find the next item of the plan that the step still waits for, after this one."""
    if item is None or step.way == Way.COVER:
        return None
    candidates = plan.items[step.under or step.kind]
    place = next((index for index, one in enumerate(candidates) if one.uid == item.uid), len(candidates))
    waiting = {one.uid for one in in_turn(plan, step)} if first_open(plan, step) else set()
    return next((one for one in candidates[place + 1 :] if one.uid in waiting), None)


def _guided_page(
    roadmap: Roadmap, step: Step, plan: Outline, item: ItemView | None, form: ItemForm, *, status: int = 200
) -> Response:
    kind = KINDS[step.kind]
    return roadmap_page(
        "plan/guided.html",
        roadmap,
        tab="contents",
        title=plan.title,
        status=status,
        step=step,
        steps=STEPS,
        plan=plan,
        item=item,
        form=form,
        kind=kind,
        is_answered=is_answered,
        has_subject=not (step.way == Way.EACH or step.under) or item is not None,
        item_url=item_url,
        kept_uid=kept_uid_for(status),
        **({"outcome_title": _("Perlu diperbaiki:")} if status != 200 else {}),  # noqa: PLR2004
    )


def _new_page(region_id: int, form: ItemForm, region: object, status: int = 200) -> Response:
    enter(region)  # type: ignore[arg-type]
    body = render_template(
        "plan/new_roadmap.html",
        form=form,
        kind=COVER,
        region=region,
        region_id=region_id,
        kept_uid=kept_uid_for(status),
        **({"outcome_title": _("Perlu diperbaiki:")} if status != 200 else {}),  # noqa: PLR2004
    )
    return make_response(body, status)
