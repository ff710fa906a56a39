"""The store's Celery app: ``celery -A warraq_store.app worker -Q store`` and ``celery -A warraq_store.app beat``."""

from warraq_shared.celery_app import make_app
from warraq_shared.logs import configure_on_worker_start
from warraq_shared.settings import Settings
from warraq_store.tasks import register

settings = Settings()
app = make_app("warraq.store", settings)
configure_on_worker_start(settings)
register(app, settings)
