"""Several writers correct one figure at the same moment; prints how many of them were let in. Run as a program."""

from __future__ import annotations

import sys
import threading

import django

django.setup()

from django.db import connection  # noqa: E402  Django must be set up first

from songhanh.core.observations import Observation, Quantity  # noqa: E402
from songhanh.core.results import State  # noqa: E402
from songhanh.observations import queries  # noqa: E402
from songhanh.observations.services import Overtaken, record  # noqa: E402


def figure(amount: int) -> Observation:
    return Observation("K01", "20", "2026", State.VALUE, Quantity(amount))


def main(writers: int) -> None:
    record([figure(1000)], source="đầu", by="Lan")
    seen = queries.mark()
    start = threading.Barrier(writers)
    told: list[str] = []

    def write(number: int) -> None:
        start.wait()
        try:
            record([figure(2000 + number)], source=f"người {number}", seen=seen, by=f"người {number}")
            told.append("won")
        except Overtaken:
            told.append("overtaken")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    key = figure(0).key
    versions = [entry.version for entry in queries.history(key)]
    sys.stdout.write(f"{told.count('won')} {told.count('overtaken')} {versions} {len(queries.current())}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
