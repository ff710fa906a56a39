"""The composition root: ``celery -A warraq_fetcher.app worker -Q fetch --pool threads -c 16``."""

from warraq_fetcher import tasks
from warraq_fetcher.workshop import Workshop
from warraq_shared.celery_app import make_app
from warraq_shared.settings import Settings

settings = Settings()
app = make_app("warraq.fetcher", settings)
tasks.register(app, Workshop(settings))
