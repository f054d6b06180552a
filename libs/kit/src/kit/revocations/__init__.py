"""Access tokens that are good no more before their time is up.

Identity states that a sign-in ended or that a member of staff may do other things; every service
hears that in its own database, and asks there whenever a token is shown. Nothing is compared by
clocks: a token names its sign-in and the change of duties it knows of.
"""
