"""Write the JSON Schema of every event next to the code, unless that would break a promise.

With `--check` nothing is written: what is on disk has to be what would be.
"""

import json
import sys
from pathlib import Path

from events import CATALOGUE
from events.contracts.schemas import breaks, schema_of

PROMISES = Path("libs/events/contracts")

for name, event in CATALOGUE.items():
    promise, schema = PROMISES / f"{name}.json", schema_of(event)
    now = promise.read_text() if promise.exists() else ""
    if now and (broken := breaks(schema, json.loads(now))):
        sys.exit(f"{name} would no longer mean what it meant.\n" + "\n".join(broken))
    text = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    if "--check" not in sys.argv:
        promise.write_text(text)
    elif text != now:
        sys.exit(f"{promise} is not what {name} says. Run `make schemas`.")
