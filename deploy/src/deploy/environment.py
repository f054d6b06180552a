"""The environment variables of each process: addresses, settings and shared secrets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.gateway.site import Address
from deploy.keys import Secrets
from deploy.services import SIMULATORS, WEB

TERMINAL = "CHONSO01"
"""Our merchant code at VNPay."""


@dataclass(frozen=True)
class Addresses:
    """Addresses of all processes, on this machine or in a network of containers."""

    database: Callable[[str], str]
    """A service's own database."""
    kafka: str
    public: str
    """The gateway's address for people."""
    gateway: str
    """The gateway's address for callbacks of the systems outside."""
    outside: str
    """The simulators' address for services, past the gateway."""
    mail: Address
    """The simulators' SMTP server."""
    mail_listens_on: str
    keys: Path
    media: str = ""
    """The media nodes' addresses for the videocall service, with commas between them."""
    clock: Path | None = None
    """The file that moves the clock, where it can be moved."""


def environment_of(
    service: str, at: Addresses, secrets: Secrets, *, limits: bool
) -> dict[str, str]:
    """Return the environment of one process; the server of the web apps only reads files."""
    if service == WEB:
        return {}
    common = {
        "DATABASE_URL": at.database(service),
        "KAFKA_SERVERS": at.kafka,
        "KEYS_DIR": str(at.keys),
        "PUBLIC_URL": f"{at.public}/sim" if service == SIMULATORS else at.public,
        **({"CLOCK_FILE": str(at.clock)} if at.clock else {}),
    }
    own = _own_variables(at, secrets, limits=limits).get(service, {})
    return {f"{service.upper()}_{name}": value for name, value in {**common, **own}.items()}


def _own_variables(
    at: Addresses, secrets: Secrets, *, limits: bool
) -> Mapping[str, Mapping[str, str]]:
    """Return variables of single services. People see VNPay's pages, so behind the gateway."""
    channels = {"ACTIVATION_CHANNELS": "app,browser"}  # in production the law asks for the app
    return {
        "identity": {
            "SMS_URL": f"{at.outside}/sms",
            "OTP_LIMITS_OFF": str(not limits).lower(),
        },
        # A partner's receiver is on this machine too, and should not be waited for long.
        "hold": {"WEBHOOKS_TO_PRIVATE_ADDRESSES": "true", "WEBHOOK_FIRST_REST_SECONDS": "0.5"},
        "order": {
            "VNPAY_URL": f"{at.public}/sim/payment",
            "VNPAY_API_URL": f"{at.outside}/payment",
            "VNPAY_TMN_CODE": TERMINAL,
            "VNPAY_SECRET": secrets.vnpay,
        },
        "shipping": {
            "GHN_URL": f"{at.outside}/carrier",
            "GHN_TOKEN": secrets.carrier_token,
            "GHN_SHOP_ID": "1",
            "WEBHOOK_SECRET": secrets.carrier_webhook,
        },
        "kyc": {"EKYC_URL": f"{at.outside}/ekyc", "EKYC_API_KEY": secrets.ekyc, **channels},
        "videocall": {
            "ALWAYS_OPEN": "true",
            "MEDIA_NODES": at.media,
            "MEDIA_SECRET": secrets.media,
            "TURN_URLS": "",  # everything is on this machine
            "TURN_SECRET": secrets.turn,
            "MEDIA_OPTIONAL": "true",  # programs play customers and agents, without a camera
            **channels,
        },
        "activation": {
            **channels,
            "MSALE_URL": f"{at.outside}/msale",
            "MSALE_SECRET": secrets.msale,
        },
        "notification": {
            "SMS_URL": f"{at.outside}/sms",
            "SMTP_HOST": at.mail.host,
            "SMTP_PORT": str(at.mail.port),
        },
        SIMULATORS: _outside_variables(at, secrets),
    }


def _outside_variables(at: Addresses, secrets: Secrets) -> Mapping[str, str]:
    api = f"{at.gateway}/api"
    return {
        "GATEWAY_URL": at.gateway,
        "VNPAY_TMN_CODE": TERMINAL,
        "VNPAY_SECRET": secrets.vnpay,
        "VNPAY_IPN_URL": f"{api}/order/v1/payments/vnpay/ipn",
        "CARRIER_TOKEN": secrets.carrier_token,
        "CARRIER_WEBHOOK_URL": f"{api}/shipping/v1/carriers/ghn/webhook/{secrets.carrier_webhook}",
        "EKYC_API_KEY": secrets.ekyc,
        "MSALE_SECRET": secrets.msale,
        "MSALE_CALLBACK_URL": f"{api}/activation/v1/msale/callback",
        "SMDP_NOTIFICATION_URL": f"{api}/activation/v1/smdp/notifications",
        "SMTP_HOST": at.mail_listens_on,
        "SMTP_PORT": str(at.mail.port),
    }
