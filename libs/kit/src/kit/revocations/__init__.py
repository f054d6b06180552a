"""Revocations of access tokens that have not expired yet.

Identity publishes that a sign-in ended or that a member of staff has other duties; every service
consumes that into its own database, and looks there whenever a token is shown. Nothing is compared
by clocks: a token names its sign-in and the change of duties it knows of.
"""
