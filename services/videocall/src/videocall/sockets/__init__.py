"""Sockets: clients hear at once what changes, and are present while their socket is open."""
