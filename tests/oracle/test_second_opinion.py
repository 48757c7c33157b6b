"""The second opinion against the worked cases of the contract, and the generator against the second opinion."""

# ruff: noqa: PT009, PTH110, PTH118

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tests.oracle import ambiguities, random_files
from tests.oracle import second_opinion as so
from tests.oracle import worked_cases as wc

HERE = Path(__file__).resolve().parent

ABC = so.Areas(wc.PROVINCE, wc.COMMUNES)
LANGSON = so.Areas(so.LANGSON_PROVINCE, so.LANGSON_COMMUNES)


def areas_of(name: str) -> so.Areas:
    return LANGSON if name == "LANGSON" else ABC


def find(text: str, criterion: str, area: str, period: str) -> dict[str, str]:
    found = [
        row
        for row in csv.DictReader(io.StringIO(text))
        if (row["criterion"], row["area"], row["period"]) == (criterion, area, period)
    ]
    assert len(found) == 1, found
    return found[0]


class WorkedCases(unittest.TestCase):
    def test_cases(self) -> None:
        for case in wc.CASES:
            with self.subTest(case.name):
                rows = wc.langson_rows(so.LANGSON_COMMUNES) if case.areas == "LANGSON" else case.rows
                text, errors = so.compute(wc.observations(rows), wc.YEAR, areas_of(case.areas))
                self.assertEqual(errors, [])
                assert text is not None
                for criterion, area, period, columns in case.expected:
                    row = find(text, criterion, area, period)
                    self.assertEqual({name: row[name] for name in columns}, columns)

    def test_lines_of_the_page(self) -> None:
        for rows, areas, line in wc.EXACT_LINES:
            given = wc.langson_rows(so.LANGSON_COMMUNES) if rows is None else rows
            text, errors = so.compute(wc.observations(given), wc.YEAR, areas_of(areas))
            self.assertEqual(errors, [])
            assert text is not None
            lines = text.split("\n")
            self.assertEqual(lines[0], wc.OUTPUT_HEADER)
            self.assertIn(line, lines)

    def test_size(self) -> None:
        text, _ = so.compute(wc.observations([]), "2026")
        assert text is not None
        self.assertEqual(text.count("\n"), 1 + 617)
        text, _ = so.compute(wc.observations([]), "2026", None, "province")
        assert text is not None
        self.assertEqual(text.count("\n"), 1 + 32)


class Tables(unittest.TestCase):
    def test_counts(self) -> None:
        self.assertEqual(len(so.ELEMENTS), 59)
        self.assertEqual(len(so.CRITERIA), 28)
        self.assertEqual((len(so.CATALOGUE), len(set(so.CATALOGUE))), (177, 177))
        self.assertEqual((len(so.LANGSON_COMMUNES), len(set(so.LANGSON_COMMUNES))), (65, 65))
        self.assertTrue(set(so.ELEMENTS) <= set(so.CATALOGUE))


class Readings(unittest.TestCase):
    """What this program does where the page can be read in two ways."""

    def test_readings(self) -> None:
        for case in ambiguities.AMBIGUITIES:
            with self.subTest(case.key):
                text, errors = so.compute(case.data, "2026", ABC)
                if isinstance(case.observed, str):
                    self.assertIsNone(text)
                    self.assertEqual({code for code, _ in errors}, {case.observed})
                    continue
                self.assertEqual(errors, [])
                assert text is not None
                criterion, area, period, columns = case.observed
                row = find(text, criterion, area, period)
                self.assertEqual({name: row[name] for name in columns}, columns)


class Generator(unittest.TestCase):
    def test_same_seed_same_file(self) -> None:
        for mode in ("valid", "clean", "wild", "junk", "bytes"):
            first = random_files.random_file(5, areas=ABC, year=2026, mode=mode)
            self.assertEqual(first, random_files.random_file(5, areas=ABC, year=2026, mode=mode))

    def test_clean_files_are_accepted(self) -> None:
        for seed in range(15):
            areas = random_files.random_areas(seed)
            data = random_files.random_file(seed, areas=areas, year=2026, mode="clean")
            text, errors = so.compute(data, "2026", random_files.areas_csv(areas, seed, 2026))
            self.assertIsNotNone(text, (seed, errors))

    def test_areas_file_and_areas_agree(self) -> None:
        for seed in range(5):
            areas = random_files.random_areas(seed)
            data = random_files.random_file(seed, areas=areas, year=2023)
            self.assertEqual(
                so.compute(data, "2023", areas),
                so.compute(data, "2023", random_files.areas_csv(areas, seed, 2023)),
            )

    def test_one_planted_error(self) -> None:
        for code in random_files.ERROR_CODES:
            for seed in range(4):
                broken = random_files.broken_file(seed, areas=ABC, year=2026, code=code)
                text, errors = so.compute(broken.data, "2026", ABC)
                self.assertIsNone(text, (seed, code, broken.what))
                self.assertEqual({found for found, _ in errors}, {code}, (seed, broken.what))


class Command(unittest.TestCase):
    def run_command(self, data: bytes, *options: str) -> tuple[int, str, bytes | None]:
        with tempfile.TemporaryDirectory() as folder:
            given = os.path.join(folder, "in.csv")
            out = os.path.join(folder, "out.csv")
            Path(given).write_bytes(data)
            done = subprocess.run(
                [
                    sys.executable,
                    str(HERE / "second_opinion.py"),
                    "--observations",
                    given,
                    "--out",
                    out,
                    *options,
                ],
                capture_output=True,
                text=True,
                check=False,
            )
            return done.returncode, done.stderr, Path(out).read_bytes() if os.path.exists(out) else None

    def test_written(self) -> None:
        code, _, out = self.run_command(wc.observations([]), "--period", "2026", "--level", "province")
        self.assertEqual(code, 0)
        assert out is not None
        self.assertEqual(out.count(b"\n"), 33)
        self.assertNotIn(b"\r", out)

    def test_refused(self) -> None:
        code, errors, out = self.run_command(
            wc.observations(["K01,20,,2026,,,,,GIA_TRI,-1,"]), "--period", "2026"
        )
        self.assertEqual((code, out), (2, None))
        self.assertIn("E_NUMBER line 2 column value", errors)
        for period in ("26", "2026-Q1", "", "abcd"):
            code, _, out = self.run_command(wc.observations([]), "--period", period)
            self.assertEqual((code, out), (2, None))


if __name__ == "__main__":
    unittest.main()
