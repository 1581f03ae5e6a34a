"""The acting person of a request; verbs take it as an argument and know nothing of this."""

from flask_login import current_user

from roadmap.people.models import Person


def acting_person() -> Person:
    """Give the person who is signed in; only views that need somebody signed in may ask."""
    person = current_user._get_current_object()  # noqa: SLF001 - Flask-Login's documented way to the object
    if not isinstance(person, Person):
        message = "nobody is signed in; the view must be declared with asks() or for_oneself()"
        raise TypeError(message)
    return person
