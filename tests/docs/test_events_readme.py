"""The five-minute example in the README of libs/events works, letter by letter."""

import asyncio
import os
import re
import sys
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

README: Final = Path(__file__).parents[2] / "libs" / "events" / "README.md"


async def test_the_first_event_of_a_newcomer_is_published_and_consumed(
    postgres_url: str, kafka_bootstrap: str, tmp_path: Path
) -> None:
    [program] = [
        code
        for code in re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
        if "asyncio.run" in code
    ]
    file = tmp_path / "first.py"
    file.write_text(program, "utf-8")
    url = make_url(postgres_url).set(drivername="postgresql+psycopg", database="postgres")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(file),
        env=os.environ
        | {
            "DATABASE_URL": url.render_as_string(hide_password=False),
            "KAFKA_BOOTSTRAP": kafka_bootstrap,
        },
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        said, _ = await process.communicate()
    assert process.returncode == 0
    assert re.fullmatch(r"[0-9a-f-]{36} was lent to reader 7", said.decode().splitlines()[-1])
