"""Gathers the nouns' jobs, which run by the clock."""

from kit.jobs import Jobs
from kit.uptime import Uptime
from videocall.leases import jobs as leases
from videocall.matching import jobs as matching
from videocall.media import jobs as media
from videocall.media.gateways import MediaPlane
from videocall.offers import jobs as offers
from videocall.queue import jobs as queue
from videocall.recordings import jobs as recordings
from videocall.retention import jobs as retention
from videocall.roots import jobs as roots
from videocall.settings import Settings


def schedule(settings: Settings, plane: MediaPlane, uptime: Uptime) -> Jobs:
    """Return the jobs, for a process that hears callers and agents while it is up."""
    gathered = Jobs()
    queue.add_to(gathered, settings, uptime)
    media.add_to(gathered, plane)
    recordings.add_to(gathered)
    retention.add_to(gathered, settings)
    roots.add_to(gathered)
    offers.add_to(gathered, settings, uptime)
    matching.add_to(gathered, settings)
    leases.add_to(gathered, uptime)
    return gathered
