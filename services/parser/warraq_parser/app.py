"""The parser's Celery app: ``celery -A warraq_parser.app worker -Q parse``."""

from warraq_parser.collecting import collect_seldom_in_workers
from warraq_parser.tasks import register
from warraq_shared.celery_app import make_app
from warraq_shared.logs import configure_on_worker_start
from warraq_shared.settings import Settings

settings = Settings()
app = make_app("warraq.parser", settings)
configure_on_worker_start(settings)
collect_seldom_in_workers()
register(app, settings)
