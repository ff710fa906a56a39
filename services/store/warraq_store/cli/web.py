"""``warraq web``: the door for HTTP."""

import click

from warraq_shared.errors import NotReady
from warraq_shared.logs import configure_logs
from warraq_shared.settings import Settings


@click.command("web")
def web() -> None:
    """Serve what WebSub hubs call, until Ctrl-C. `warraq up` does this by itself.

    It listens on WARRAQ_WEB_HOST and WARRAQ_WEB_PORT (127.0.0.1:8321); put a reverse proxy before it, and its public
    address into WARRAQ_WEBSUB_CALLBACK_URL.

    \b
    Example:
      WARRAQ_WEBSUB_CALLBACK_URL=https://news.example.org/websub warraq web
    """
    settings = Settings()
    configure_logs(settings)
    try:
        from warraq_store.web.serving import serve
    except ModuleNotFoundError as missing:
        raise NotReady("The door for HTTP is not installed: `pip install 'warraq[web]'`.") from missing
    click.echo(f"Listening on http://{settings.web_host}:{settings.web_port}/; Ctrl-C stops it.", err=True)
    serve(settings)
