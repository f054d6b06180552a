"""The scan of images finds each forbidden file."""

import io
import tarfile

import pytest

from deploy.compose.image_scan import look

KEY = b"-----BEGIN PRIVATE KEY-----\n" + b"MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIB" * 2
SECRET = b"s3cr3t-of-this-machine-0123456789"


def archive(path: str, content: bytes) -> tarfile.TarFile:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo(path)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    packed.seek(0)
    return tarfile.open(fileobj=packed)


@pytest.mark.parametrize(
    ("path", "content", "complaint"),
    [
        ("usr/bin/sh", b"", "a tool that no service needs"),
        ("usr/bin/gcc-14", b"", "a tool that no service needs"),
        ("usr/local/bin/uv", b"", "a tool that no service needs"),
        ("var/cache/uv/archive", b"", "left over from building"),
        ("app/.venv/lib/python3.13/site-packages/pip", b"", "installs packages"),
        ("app/.venv/lib/python3.13/site-packages/tests/server.key", KEY, "holds a private key"),
        ("etc/pip.conf", b"[global]\nindex = https://me:pass@host/", "a password or a token"),
        ("app/services/hold/src/hold/api.py", b"x = '" + SECRET + b"'", "a secret of this machine"),
    ],
)
def test_it_is_found(path: str, content: bytes, complaint: str) -> None:
    (sentence,) = look(archive(path, content), [SECRET])

    assert sentence.startswith(f"/{path} ")
    assert complaint in sentence


def test_what_belongs_there_is_left_in_peace() -> None:
    code = b"url = 'postgresql://{user}:{password}@host/db'  # -----BEGIN PRIVATE KEY-----"

    assert [*look(archive("app/services/hold/src/hold/api.py", code), [SECRET])] == []
    assert [*look(archive("usr/bin/python3.13", b"\x7fELF"), [SECRET])] == []
    assert [*look(archive("usr/local/bin/node", b"// http://user:pass@host"), [SECRET])] == []
