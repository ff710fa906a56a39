"""The fetcher's Celery app: ``celery -A warraq_fetcher.app worker -Q fetch --pool threads -c 16``."""

from warraq_fetcher.tasks import register
from warraq_fetcher.workshop import Workshop
from warraq_shared.celery_app import make_app
from warraq_shared.logs import configure_on_worker_start
from warraq_shared.settings import Settings

settings = Settings()
app = make_app("warraq.fetcher", settings)
configure_on_worker_start(settings)
register(app, Workshop(settings))
