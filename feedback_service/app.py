"""Builds the application: the platform, the table of features, the handlers."""

from dataclasses import dataclass

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from feedback_service.accounts.rules.access import Audience
from feedback_service.bundled import folder, own
from feedback_service.core.clock import Clock, SystemClock
from feedback_service.db import Database
from feedback_service.operations import public as operations_public
from feedback_service.questionnaires import staff as questionnaires_staff
from feedback_service.settings import Settings
from feedback_service.web import assets, frame, i18n, problems, security
from feedback_service.web.context import EXTENSION, Platform, Site
from feedback_service.web.frame import MenuItem
from feedback_service.web.limits import Limits


@dataclass(frozen=True)
class Feature:
    """One blueprint and whom it is for; staff blueprints have no audience but roles, route by route."""

    blueprint: Blueprint
    audience: Audience | None


FEATURES = (
    Feature(operations_public.probes, Audience.PROBE),
    Feature(operations_public.api, Audience.PUBLIC),
    Feature(questionnaires_staff.staff, None),
)
MENU: tuple[MenuItem, ...] = (MenuItem("questionnaires_staff.questionnaires", "Questionnaires", "book"),)


class Application(Flask):
    """Flask, with the whole request run again when the database asks for its transaction once more."""

    def dispatch_request(self) -> object:  # type: ignore[override]
        """Answer the request; nothing is sent before its transaction has ended."""
        running: Platform = self.extensions[EXTENSION]
        return running.database.retrying(super().dispatch_request)


def create_app(settings: Settings, *, clock: Clock | None = None, limits: Limits | None = None) -> Flask:
    """Return the application; raises UnsafeDatabase when the database does not keep what is written."""
    app = Application("feedback_service", static_folder=None)
    app.url_map.redirect_defaults = False
    translations = i18n.Translations.read(own("translations"))
    database = Database(settings.database_url)
    database.check()
    app.extensions[EXTENSION] = Platform(
        settings=settings,
        database=database,
        clock=clock or SystemClock(),
        limits=limits or Limits(),
        translations=translations,
        site=lambda: Site("Lang nghe dan", "", "", is_demo=False),
    )
    i18n.install(app, translations)
    security.install(app, settings)
    problems.install(app, translations)
    assets.install(app, own("static"), folder("kiosk_static"))
    frame.install(app, app.extensions[EXTENSION].site, MENU, lambda _endpoint: True)
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]
    return app
