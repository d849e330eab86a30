"""Builds the application: the platform, what every answer needs, the features of features.py."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from feedback_service.accounts import guard
from feedback_service.audit import staff as audit_staff
from feedback_service.bundled import folder, own
from feedback_service.core.clock import Clock, SystemClock
from feedback_service.db import Database
from feedback_service.features import FEATURES, MENU
from feedback_service.notices.commands import Worker
from feedback_service.office import ERRANDS, JOBS, REACHES, SEAMS, readership, site_of
from feedback_service.operations import public as operations_public
from feedback_service.settings import Settings
from feedback_service.web import assets, frame, i18n, lasting, problems, security
from feedback_service.web.application import Application
from feedback_service.web.context import EXTENSION, Platform
from feedback_service.web.limits import Limits


def create_app(settings: Settings, *, clock: Clock | None = None, limits: Limits | None = None) -> Flask:
    """Return the application; raises UnsafeDatabase when the database does not keep what is written."""
    app = Application("feedback_service", static_folder=None)
    app.url_map.redirect_defaults = False
    translations = i18n.Translations.read(own("translations"))
    database = Database(settings.database_url)
    database.check()
    clock = clock or SystemClock()
    app.extensions[EXTENSION] = Platform(
        settings=settings,
        database=database,
        clock=clock,
        limits=limits or Limits(clock=clock, store=settings.valkey_url, secret=settings.lasting_key),
        translations=translations,
        site=site_of(database, clock),
    )
    operations_public.install(app, app.extensions[EXTENSION])
    i18n.install(app, translations)
    security.install(app, settings)
    problems.install(app, translations)
    assets.install(app, own("static"), folder("kiosk_static"))
    frame.install(app, app.extensions[EXTENSION].site, MENU, guard.opens, database.is_refusing)
    lasting.install(app)
    app.extensions |= SEAMS
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
    audit_staff.install(app, readership)
    guard.install(app)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]
    return app


def worker_of(app: Flask) -> Worker:
    """Return the worker of an application, not started."""
    return Worker(app.extensions[EXTENSION], JOBS, REACHES, ERRANDS)
