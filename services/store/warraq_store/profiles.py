"""What was learned of each site: kept in SQL, handed to the parsers through Redis."""

import functools
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from warraq_shared.parsed import PageObservation, SiteProfile
from warraq_shared.site_profile import learn as learn_from
from warraq_shared.site_profile import repeated
from warraq_store.tables import Profile


class Learned(NamedTuple):
    """A site's profile as it now is, and whether a line was recognised as the site's own that was not before."""

    profile: SiteProfile
    has_news: bool


def learn(session: Session, site: str, observations: Iterable[PageObservation], now: datetime) -> Learned:
    """Fold ``observations`` into the profile of ``site`` and return it as it now is."""
    row = session.get(Profile, site)
    known = SiteProfile.model_validate(row.profile) if row else SiteProfile(site=site)
    learned = functools.reduce(learn_from, observations, known)
    if learned != known or row is None:
        session.merge(Profile(site=site, profile=learned.model_dump(mode="json"), changed_at=now))
    return Learned(learned, any(repeated(learned, line) and not repeated(known, line) for line in learned.blocks))


def of_site(session: Session, site: str) -> SiteProfile | None:
    """Return what is known of ``site``, if anything is."""
    row = session.get(Profile, site)
    return SiteProfile.model_validate(row.profile) if row else None
