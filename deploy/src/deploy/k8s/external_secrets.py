"""ExternalSecrets: names of entries in the secret store, never their values."""

from deploy.k8s import names
from deploy.k8s.names import SUITE, Object
from deploy.k8s.sites import secret_variables
from deploy.keys import ISSUERS


def manifests(services: tuple[str, ...]) -> list[Object]:
    """Return the ExternalSecrets of all services: secret variables and keys."""
    public = [f"{issuer}.json" for issuer in ISSUERS]
    return [
        secret(names.PUBLIC_KEYS, public),
        *(secret(names.keys(name), private_keys(name)) for name in services),
        *(
            secret(names.secrets(name), known)
            for name in services
            if (known := secret_variables(name))
        ),
    ]


def private_keys(service: str) -> list[str]:
    """Return the names of a service's private key files."""
    return [f"{service}.seal", *([f"{service}.pem"] if service in ISSUERS else [])]


def secret(name: str, entries: list[str]) -> Object:
    """Return an ExternalSecret for the store's entry of the same name."""
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
