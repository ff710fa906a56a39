"""The parser's Celery app: ``celery -A warraq_parser.app worker -Q parse``."""

from warraq_parser.tasks import register
from warraq_shared.celery_app import make_app
from warraq_shared.logs import configure_on_worker_start
from warraq_shared.settings import Settings

settings = Settings()
app = make_app("warraq.parser", settings)
configure_on_worker_start(settings)
register(app, settings)
