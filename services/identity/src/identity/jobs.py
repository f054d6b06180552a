"""The jobs and task handlers of all nouns."""

from identity.accounts import jobs as accounts
from identity.challenges import jobs as challenges
from identity.codes import jobs as codes
from identity.codes.jobs import equip
from identity.passwords import jobs as passwords
from identity.resets import jobs as resets
from identity.sessions import jobs as sessions
from kit.jobs import Jobs

__all__ = ["equip", "jobs"]

jobs = Jobs(
    [
        job
        for noun in (accounts, challenges, codes, passwords, resets, sessions)
        for job in noun.jobs.all
    ]
)
