"""Peta Jalan HAM: Human Rights City roadmaps, written together. `create_app` is the wiring list, read top to bottom."""

from flask import Flask
from jinja2 import StrictUndefined

from roadmap import cli, mailing
from roadmap.activity import wiring as activity_wiring
from roadmap.config import Config
from roadmap.desk import wiring as desk_wiring
from roadmap.discussion import wiring as discussion_wiring
from roadmap.exchange import wiring as exchange_wiring
from roadmap.extensions import csrf, db, htmx, login, migrate, prepare_engine
from roadmap.history import wiring as history_wiring
from roadmap.intake import wiring as intake_wiring
from roadmap.people import wiring as people_wiring
from roadmap.plan import wiring as plan_wiring
from roadmap.presence import wiring as presence_wiring
from roadmap.publication import wiring as publication_wiring
from roadmap.resources import resource
from roadmap.review import wiring as review_wiring
from roadmap.search import wiring as search_wiring
from roadmap.timeline import wiring as timeline_wiring
from roadmap.web import addresses, declare, errors, filters, language, remembering, security
from roadmap.web import views as web_views


def create_app(config: Config | None = None) -> Flask:
    """Build the application from its settings. Raises BadSetting, and RuntimeError for an undeclared route."""
    config = config or Config.from_environment()
    app = Flask(
        __name__,
        template_folder=str(resource("templates")),
        static_folder=None,
        instance_path=str(config.instance),
    )
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.extensions["roadmap_config"] = config
    app.testing = config.testing
    app.url_map.converters["int"] = declare.Number

    _database(app, config)
    security.register(app, config)
    csrf.init_app(app)
    htmx.init_app(app)
    login.init_app(app)
    language.register(app)
    filters.register(app)
    remembering.register(app)
    addresses.register(app)
    errors.register(app)
    _rooms(app)
    mailing.register(app, config)
    cli.register(app)
    declare.refuse_undeclared(app)
    return app


def _database(app: Flask, config: Config) -> None:
    options: dict[str, object] = {"pool_pre_ping": True}
    if not config.is_sqlite:
        options |= {"pool_size": config.pool_size, "max_overflow": config.pool_size}
    app.config["SQLALCHEMY_DATABASE_URI"] = config.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    migrate.init_app(app, db, directory=str(resource("migrations")), render_as_batch=config.is_sqlite)
    with app.app_context():
        prepare_engine(db.engine)


def _rooms(app: Flask) -> None:
    app.register_blueprint(web_views.bp)
    people_wiring.register(app)
    history_wiring.register(app)
    plan_wiring.register(app)
    discussion_wiring.register(app)
    review_wiring.register(app)
    presence_wiring.register(app)
    timeline_wiring.register(app)
    activity_wiring.register(app)
    exchange_wiring.register(app)
    intake_wiring.register(app)
    search_wiring.register(app)
    publication_wiring.register(app)
    desk_wiring.register(app)


__all__ = ["Config", "create_app"]
