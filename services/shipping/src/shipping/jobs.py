"""Gathers the nouns' jobs, which run by the clock."""

from kit.jobs import Jobs
from kit.sealing import Sealer
from shipping.carriers import jobs as carriers
from shipping.deliveries import jobs as deliveries
from shipping.settings import Settings
from shipping.streams import jobs as streams


def jobs(settings: Settings, sealer: Sealer) -> Jobs:
    """Return the jobs of all nouns."""
    gathered = Jobs()
    carriers.add_to(gathered, settings)
    deliveries.add_to(gathered, sealer)
    streams.add_to(gathered)
    return gathered
