"""What was learned of each site: kept in SQL, handed to the parsers through Redis."""

from datetime import datetime

from sqlmodel import Session

from warraq_shared.parsed import PageObservation, SiteProfile
from warraq_shared.site_profile import learn as learn_from
from warraq_store.tables import Profile


def learn(session: Session, site: str, observation: PageObservation, now: datetime) -> SiteProfile:
    """Fold one page's observation into its site's profile and return the profile as it now is."""
    row = session.get(Profile, site)
    known = SiteProfile.model_validate(row.profile) if row else SiteProfile(site=site)
    learned = learn_from(known, observation)
    if learned != known or row is None:
        session.merge(Profile(site=site, profile=learned.model_dump(mode="json"), changed_at=now))
    return learned


def of_site(session: Session, site: str) -> SiteProfile | None:
    """Return what is known of ``site``, if anything is."""
    row = session.get(Profile, site)
    return SiteProfile.model_validate(row.profile) if row else None
