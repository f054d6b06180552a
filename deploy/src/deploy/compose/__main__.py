"""`python -m deploy.compose`: images, stand-ins, up, down."""

import argparse
import os
import subprocess
import sys

from deploy.compose import engine, files, image_scan, images, standins
from deploy.console import console


def main() -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="deploy.compose", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    commands.add_parser("images", help="build ours, and look inside").set_defaults(do=_images)
    commands.add_parser("standins", help="make what no registry gives").set_defaults(do=_standins)
    up = commands.add_parser("up", help="start everything, return when it is ready")
    up.add_argument("--observe", action="store_true", help="with Grafana and all behind it")
    up.set_defaults(do=_up)
    commands.add_parser("down", help="stop everything; data are kept").set_defaults(do=_down)
    arguments = parser.parse_args()
    try:
        engine.ensure()
        code: int = arguments.do(arguments)
    except engine.NoEngine as error:
        console.print(str(error))
        return 1
    except subprocess.CalledProcessError as error:
        console.print(f"{' '.join(error.cmd[:3])} … ended with {error.returncode}")
        return 1
    return code


def _images(_: argparse.Namespace) -> int:
    images.build()
    complaints = [sentence for service in images.ALL for sentence in image_scan.complaints(service)]
    for sentence in complaints:
        console.print(sentence, soft_wrap=True)
    console.print(f"{len(images.ALL)} images, {len(complaints)} complaints")
    return bool(complaints)


def _standins(_: argparse.Namespace) -> int:
    standins.build()
    return 0


def _up(arguments: argparse.Namespace) -> int:
    images.build()
    files.write(files.folder(), limits=os.environ.get("CHONSO_RATE_LIMITS") != "off")
    profile = ["--profile", "observe"] if arguments.observe else []
    if arguments.observe:
        os.environ.setdefault("CHONSO_OTLP", "http://observe:4318")
    if os.environ.get("CHONSO_RATE_LIMITS") == "off":
        os.environ["CHONSO_LIMITS_OFF"] = "true"
    code = engine.compose(*profile, "up", "--detach", "--wait", "--quiet-pull", check=False)
    if code:
        console.print("Not everything became ready: see `docker compose ps` and `logs`.")
        return code
    port = os.environ.get("CHONSO_PORT", "8080")
    console.print(f"Ready: http://127.0.0.1:{port}/ (make compose-down stops it, data are kept)")
    return 0


def _down(_: argparse.Namespace) -> int:
    return engine.compose("--profile", "observe", "down", check=False)


if __name__ == "__main__":
    sys.exit(main())
