"""``python -m warraq_store.web``: what ``warraq up`` starts."""

from warraq_shared.logs import configure_logs
from warraq_shared.settings import Settings
from warraq_store.web.serving import serve

if __name__ == "__main__":
    settings = Settings()
    configure_logs(settings)
    serve(settings)
