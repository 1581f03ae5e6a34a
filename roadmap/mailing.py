"""Lets the outbox go by itself where mail is dropped into a folder; by SMTP it is sent by `roadmap worker`."""

import logging

from flask import Flask, Response, current_app, request

from roadmap.config import Config
from roadmap.extensions import db
from roadmap.mail import deliver_pending

log = logging.getLogger(__name__)


def register(app: Flask, config: Config) -> None:
    """Deliver after each act, where the mail goes into a folder."""
    if config.mail_mode == "folder":
        app.after_request(_deliver)


def _deliver(response: Response) -> Response:
    if request.method != "POST":
        return response
    config: Config = current_app.extensions["roadmap_config"]
    try:
        db.session.rollback()
        deliver_pending(config)
    except Exception:
        # The act is done and answered; its mail waits in the outbox.
        db.session.rollback()
        log.exception("the outbox did not go")
    return response
