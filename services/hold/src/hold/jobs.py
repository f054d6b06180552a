"""The jobs of the hold service."""

from hold.claims import jobs as claims
from hold.clocks import jobs as clocks
from hold.feed import jobs as feed
from hold.settings import Settings
from hold.webhooks import jobs as webhooks
from hold.webhooks.gateways import WebhookSender
from kit.jobs import Jobs


def jobs_for(settings: Settings, sender: WebhookSender) -> Jobs:
    """Return the jobs of all nouns, with the times that this installation was given."""
    jobs = Jobs()
    for noun in (clocks, claims, feed):
        noun.add_jobs(jobs, settings)
    webhooks.add_jobs(jobs, sender)
    return jobs
