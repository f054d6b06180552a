"""Measure the lists of staff with a million orders: `python -m bench.lists`.

Ten thousand and a million orders lie in two databases of one server. The same requests go to both
in turns, through the whole service but the socket; what counts is the ratio of their p99, to that
of reading one order by its id, and to their own with ten thousand.
"""

import argparse
import asyncio
import gc
import os
import sys
import time
from collections import defaultdict
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Final

import httpx
import psycopg
from fastapi import FastAPI
from rich.table import Table

from bench.lists import filling
from bench.lists.requests import BY_ID, requests
from bench.report import console
from deploy import keys
from kit import migrations
from kit.db import Database
from kit.testing import client, token_for
from shipping.main import create_app
from shipping.settings import Settings
from stack import postgres

FEW: Final = 10_000
AGAINST_ONE: Final = 5.0
AGAINST_FEW: Final = 1.5
WARM: Final = 15

Times = dict[tuple[str, int], list[float]]
Rows = dict[tuple[str, int], int]
"""The most rows of an answer, by request and number of orders."""


def main() -> int:
    """Fill both databases, measure, tell, and fail if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.lists", description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--state", type=Path, help="a folder that keeps the filled databases")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with TemporaryDirectory() as scratch:
        folder = options.state or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        keys.ensure(folder / "keys")
        with postgres.start(folder, durable=True) as server:
            apps = {n: _app(server, n, folder / "keys") for n in (FEW, options.orders)}
            times = asyncio.run(_measure(apps, folder / "keys", options.times))
    return _tell(*times, options.orders, load)


def _app(server: postgres.Server, orders: int, keys_dir: Path) -> FastAPI:
    """Return the service on a database of so many orders, which is filled if it is new."""
    name = f"shipping_{orders}"
    with psycopg.connect(server.dsn, autocommit=True) as admin:
        known = admin.execute("select from pg_database where datname = %s", [name]).fetchone()
        if known is None:
            admin.execute(f"create database {name}".encode())
    url = postgres.url(server.port, database=name)
    migrations.upgrade("shipping", url)
    if known is None:
        started = time.monotonic()
        filling.fill(url.replace("+psycopg", ""), orders, keys_dir)
        console.print(f"{orders:,} orders written in {time.monotonic() - started:.0f} s")
    settings = {
        "database_url": url,
        "keys_dir": keys_dir,
        "webhook_secret": "-",
        "ghn_url": "http://ghn.test",
        "ghn_token": "-",
        "ghn_shop_id": 1,
    }
    return create_app(Settings.model_validate(settings), Database(url, pool_size=1))


async def _measure(apps: dict[int, FastAPI], keys_dir: Path, times: int) -> tuple[Times, Rows]:
    measured: Times = defaultdict(list)
    rows: Rows = defaultdict(int)
    clients = {
        (orders, region): client(app, _token(keys_dir, region))
        for orders, app in apps.items()
        for region in (None, "KV2")
    }
    random = Random(7)  # noqa: S311, the same orders in each run
    for turn in range(WARM + times):
        for orders in apps:
            gc.collect()
            gc.disable()
            for asked in requests(orders, random):
                to = clients[orders, asked.region]
                begin = time.perf_counter()
                answer = await to.request(asked.method, asked.path, json=asked.body or None)
                took = time.perf_counter() - begin
                _must_be_right(asked.name, answer)
                key = asked.name, orders
                rows[key] = max(rows[key], len(answer.json().get("items", ())))
                if turn >= WARM:
                    measured[key].append(took * 1000)
            gc.enable()
    return measured, rows


def _token(keys_dir: Path, region: str | None) -> str:
    regions = [region] if region else []
    return token_for(keys_dir, "staff", roles=["osp_staff"], regions=regions)


def _must_be_right(name: str, answer: httpx.Response) -> None:
    assert answer.status_code == httpx.codes.OK, f"{name}: {answer.text}"
    if name.startswith("search") and "serial" not in name and "phone" not in name:
        assert answer.json()["items"], f"{name} found nothing"


def _tell(times: Times, rows: Rows, orders: int, load: float) -> int:
    p99 = {key: quantiles(values, n=100)[98] for key, values in times.items()}
    one = p99[BY_ID, orders]
    title = f"p99 in ms, {orders:,} orders, load {load:.1f} at the start"
    table = Table("request", "p99", "/ by id", f"/ {FEW:,}", title=title)
    missed = 0
    for name in dict.fromkeys(name for name, _ in times):
        many, few = p99[name, orders], p99[name, FEW]
        # A page that ten thousand orders do not fill is another answer: nothing to compare with.
        is_same = rows[name, FEW] == rows[name, orders]
        bad = [many / one > AGAINST_ONE, many / few > AGAINST_FEW and is_same and name != BY_ID]
        missed += any(bad)
        beside = "" if is_same else f" ({rows[name, FEW]} rows, not {rows[name, orders]})"
        shown = [f"{many / one:.2f}", f"{many / few:.2f}{beside}"]
        marked = [
            f"[bold red]{n}[/]" if is_bad else n for n, is_bad in zip(shown, bad, strict=True)
        ]
        table.add_row(name, f"{many:.1f}", *marked)
    console.print(table)
    console.print(f"goals: at most {AGAINST_ONE:g} and {AGAINST_FEW:g}; {missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
