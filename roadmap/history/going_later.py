"""What a form filled without a line asks before it is sent: whether it is in already, and for a fresh token."""

from flask import Blueprint, Response, jsonify, request
from flask_wtf.csrf import generate_csrf

from roadmap.people.once import receipt_of
from roadmap.people.session import acting_person
from roadmap.web.declare import for_oneself

bp = Blueprint("going_later", __name__)


@bp.get("/working-copies/line")
@for_oneself
def line() -> Response:
    """Tell a script who is signed in, the token of their forms, and where the act of a key led if it was done."""
    person = acting_person()
    receipt = receipt_of(person, request.args.get("key", "").replace("\x00", ""))
    answer = jsonify({"person": person.uid, "saved": receipt.address if receipt else ""})
    answer.headers["X-CSRFToken"] = generate_csrf()
    return answer
