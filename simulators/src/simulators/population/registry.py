"""The registry of the demo's journeys, kept on disk; the demo plays them through the gateway."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from kit.db import Database
from simulators.tables import Base


class Target(Base):
    """The number of journeys that there are to be; one row."""

    __tablename__ = "population"

    id: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[int]


class Journey(Base):
    """A journey of the demo, by its number in the plan."""

    __tablename__ = "population_journeys"

    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    region: Mapped[str]
    hold_id: Mapped[str]
    phone: Mapped[str]
    """The phone of its invented customer, who signs in with it again."""
    made: Mapped[bool]
    """Whether the journey has come to its state, where it stays."""


class Population:
    """The journeys of the demo, and how many are target."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._hold_ids = set[str]()
        self.target = self.made = 0

    async def load(self) -> None:
        """Take the registry up as it was left."""
        async with self._db.transaction() as tx:
            self.target = await tx.scalar(select(Target.target)) or 0
            journeys = list(await tx.scalars(select(Journey)))
        self._hold_ids = {journey.hold_id for journey in journeys}
        self.made = sum(journey.made for journey in journeys)

    def has(self, hold_id: str) -> bool:
        """Tell whether a journey belongs to the demo: staff on autopilot leave it as it is."""
        return hold_id in self._hold_ids

    async def want(self, number: int) -> None:
        """Set how many journeys there are to be; 0 stops the work, and removes none."""
        async with self._db.transaction() as tx:
            add = insert(Target).values(id=1, target=number)
            changed = {"target": add.excluded.target}
            await tx.execute(add.on_conflict_do_update(index_elements=["id"], set_=changed))
        self.target = number

    async def journeys(self) -> list[Journey]:
        """Return all journeys, in the order of the plan."""
        async with self._db.transaction() as tx:
            return list(await tx.scalars(select(Journey).order_by(Journey.number)))

    async def write(self, journey: Journey) -> None:
        """Note a journey under its number, in place of one that was not finished."""
        async with self._db.transaction() as tx:
            await tx.merge(journey)
        await self.load()
