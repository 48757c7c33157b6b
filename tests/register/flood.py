"""Writers add different figures at the same time while a reader takes marks; prints whether a mark ever changed.

Run as a program. What a mark meant once it must mean for ever: no row may appear below it later.
"""

from __future__ import annotations

import sys
import threading

import django

django.setup()

from django.db import connection  # noqa: E402  Django must be set up first

from songhanh.core.observations import Observation, Quantity  # noqa: E402
from songhanh.core.results import State  # noqa: E402
from songhanh.observations import queries  # noqa: E402
from songhanh.observations.services import record  # noqa: E402

WRITERS, TURNS = 4, 8


def main() -> None:
    marks: dict[int, int] = {}
    done = threading.Event()

    def write(writer: int) -> None:
        for turn in range(TURNS):
            year = 1900 + writer * TURNS + turn
            rows = [
                Observation(code, "20", f"{year}", State.VALUE, Quantity(turn))
                for code in ("K01", "K02", "K03")
            ]
            record(rows, source=f"người {writer}", by=f"người {writer}")
        connection.close()

    def read() -> None:
        while not done.is_set():
            mark = queries.mark()
            marks.setdefault(mark, queries.count(mark=mark))
        connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    reader = threading.Thread(target=read)
    reader.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    reader.join()
    moved = [mark for mark, count in marks.items() if queries.count(mark=mark) != count]
    whole = queries.count(mark=queries.mark())
    sys.stdout.write(f"{len(moved)} {whole} {len(marks) > 1}\n")


if __name__ == "__main__":
    main()
