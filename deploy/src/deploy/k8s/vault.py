"""Secrets stay in the vault: the repository only says which are needed and by whom."""

from deploy.k8s import words
from deploy.k8s.sites import secret_words
from deploy.k8s.words import SUITE, Object
from deploy.keys import ISSUERS


def external_secrets(services: tuple[str, ...]) -> list[Object]:
    """Name what each service needs to be told in confidence, and its keys."""
    public = [f"{issuer}.json" for issuer in ISSUERS]
    return [
        secret(words.PUBLIC_KEYS, public),
        *(secret(words.keys(name), private_keys(name)) for name in services),
        *(secret(words.secrets(name), known) for name in services if (known := secret_words(name))),
    ]


def private_keys(service: str) -> list[str]:
    """Name the files of a service that nobody else may read."""
    return [f"{service}.seal", *([f"{service}.pem"] if service in ISSUERS else [])]


def secret(name: str, entries: list[str]) -> Object:
    """Have a Secret made from an entry of the vault with the same name."""
    remote = f"{SUITE}/{name}"
    return {
        "apiVersion": "external-secrets.io/v1",
        "kind": "ExternalSecret",
        "metadata": {"name": name},
        "spec": {
            "refreshInterval": "1h",
            "secretStoreRef": {"kind": "ClusterSecretStore", "name": SUITE},
            "target": {"name": name, "creationPolicy": "Owner"},
            "data": [
                {"secretKey": entry, "remoteRef": {"key": remote, "property": entry}}
                for entry in entries
            ],
        },
    }
