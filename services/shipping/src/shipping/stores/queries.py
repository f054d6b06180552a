"""Answers about stores."""

from pydantic import BaseModel

from events import Region
from shipping.stores.domain import Store, stores


class StoreView(BaseModel):
    """A store as a customer sees it in the list (F3.9)."""

    store_code: str
    name: str
    address: str
    ward_code: str
    ward: str
    province_code: str
    province: str
    region: Region
    opens: str
    closes: str

    @classmethod
    def of(cls, store: Store) -> "StoreView":
        """Show a store with the names of its ward and province."""
        return cls(
            store_code=store.code,
            name=store.name,
            address=f"{store.address}, {store.ward.name}, {store.ward.province}",
            ward_code=store.ward.code,
            ward=store.ward.name,
            province_code=store.ward.province_code,
            province=store.ward.province,
            region=store.region,
            opens=f"{store.opens:%H:%M}",
            closes=f"{store.closes:%H:%M}",
        )


def find(region: Region | None, province: str | None) -> list[StoreView]:
    """List stores, of one region or province if asked; a province goes by code or name."""
    return [
        StoreView.of(store)
        for store in stores().values()
        if region in (None, store.region)
        and province in (None, store.ward.province_code, store.ward.province)
    ]
