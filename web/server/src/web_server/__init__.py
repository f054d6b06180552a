"""The server of the web apps' files, behind the gateway."""
