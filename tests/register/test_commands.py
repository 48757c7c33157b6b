"""What a person at the command line sees: sentences, places, exit codes, and nothing changed after a refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from songhanh.observations import queries, services
from songhanh.plan import Edition
from songhanh.web.cli import find, parser_of

from .conftest import Installation, Send
from .files import PROV, WHOLE_PLAN_OF_LABOUR, A, figures

Told = tuple[int, str, str]
Run = Callable[..., Told]


@pytest.fixture
def run(db: None, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return how to type a command: exit code, what it said, what it complained of."""

    def run(*words: str) -> Told:
        found = find(words)
        assert found is not None
        command, rest = found
        parser, module = parser_of(command)
        code = module.run(parser.parse_args(rest))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def write(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def test_importing_says_how_many_are_new_corrected_and_unchanged(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", WHOLE_PLAN_OF_LABOUR)
    code, out, err = run("observations", "import", file, "--source", "Thống kê tỉnh")
    assert (code, err) == (0, "")
    assert "5 số liệu: 5 số liệu mới, 0 số liệu sửa lại" in out
    assert "Đã tính lại kết quả năm 2026." in out
    file = write(tmp_path / "b.csv", figures(f"K01 {PROV} . 2026 . 1000\nK02 {PROV} . 2026 . 600"))
    code, out, _ = run("observations", "import", file, "--source", "Đính chính", "--by", "Lan")
    assert "0 số liệu mới, 1 số liệu sửa lại (bản cũ vẫn giữ); 1 số liệu không thay đổi." in out
    code, out, _ = run("observations", "import", file, "--source", "Đính chính")
    assert (code, out) == (0, "Không có gì mới: cả 2 số liệu trong tệp đã có trong sổ và không thay đổi.\n")
    assert [batch.by for batch in queries.batches()] == ["Lan", "dòng lệnh"]


def test_a_refused_file_is_told_line_by_line_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", figures(f"K01 {PROV} . 2026 . 12,5\nT01 99999 . 2026 . 5"))
    code, out, err = run("observations", "import", file, "--source", "x")
    lines = err.splitlines()
    assert (code, out, len(lines)) == (2, "", 3)
    assert lines[0].startswith("E_NUMBER dòng 2, cột value: Số “12,5” dùng dấu phẩy.")
    assert lines[1].startswith("E_AREA dòng 3, cột area: ")
    assert lines[2] == "Chưa ghi số liệu nào vào sổ (2 điểm cần sửa)."
    assert queries.mark() == 0


def test_a_file_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    code, _, err = run("observations", "import", str(tmp_path / "khong-co.csv"), "--source", "x")
    assert code == 2
    assert "Không mở được tệp" in err


def test_a_full_disk_is_told_and_changes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(services, "_insert", full)
    file = write(tmp_path / "a.csv", WHOLE_PLAN_OF_LABOUR)
    code, out, err = run("observations", "import", file, "--source", "x")
    assert (code, out) == (1, "")
    assert err == "Ổ đĩa đã đầy, chưa ghi được số liệu nào. Đề nghị giải phóng dung lượng rồi nhập lại.\n"
    assert (queries.mark(), queries.batches()) == (0, [])


def test_a_figure_that_changed_meanwhile_is_told(
    run: Run, send: Send, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(figures(f"K01 {PROV} . 2026 . 1000"))
    monkeypatch.setattr(queries, "mark", lambda: 0)
    file = write(tmp_path / "a.csv", figures(f"K01 {PROV} . 2026 . 900"))
    code, _, err = run("observations", "import", file, "--source", "x")
    assert code == 2
    assert "1 số liệu vừa được người khác ghi giá trị khác (ví dụ dòng 2: K01, 20, kỳ 2026)" in err


def test_exporting_as_of_a_moment_writes_the_old_figures(run: Run, send: Send, tmp_path: Path) -> None:
    send(figures(f"K01 {PROV} . 2025 . 1"), at="2026-03-01T08:00:00+07:00")
    send(figures(f"K01 {PROV} . 2025 . 2"), at="2026-04-01T08:00:00+07:00")
    out = tmp_path / "s.csv"
    code, said, _ = run("observations", "export", "--out", str(out), "--as-of", "2026-03-31T00:00:00+07:00")
    assert (code, said) == (0, f"Đã ghi 1 dòng vào {out}.\n")
    assert b"GIA_TRI,1,CHINH_THUC" in out.read_bytes()
    run("observations", "export", "--out", str(out))
    assert b"GIA_TRI,2,CHINH_THUC" in out.read_bytes()


def test_an_export_without_room_is_told_and_the_old_file_stays(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "s.csv"
    target.write_bytes(b"cu")
    monkeypatch.setattr("os.fsync", full)
    code, out, err = run("observations", "export", "--out", str(target))
    assert (code, out) == (1, "")
    assert err.startswith(f"Chưa ghi được tệp {target}: ổ đĩa đã đầy. Đề nghị giải phóng dung lượng")
    assert target.read_bytes() == b"cu"


def test_a_moment_that_is_none_is_refused(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run("observations", "export", "--out", "x.csv", "--as-of", "hôm qua")
    assert caught.value.code == 2
    assert "“hôm qua” không phải ngày giờ" in capsys.readouterr().err


def test_a_release_prints_its_name_and_file_and_can_be_recomputed(run: Run, send: Send) -> None:
    send(WHOLE_PLAN_OF_LABOUR)
    code, out, _ = run("release", "create", "--period", "2026", "--by", "Mai")
    identity, path = out.splitlines()
    assert code == 0
    assert Path(path).name == f"{identity}.json"
    code, out, _ = run("recompute", "--release", identity[:12])
    assert (code, out) == (0, f"Giống hệt từng byte: bản chốt {identity} tính lại ra đúng tệp đã lưu.\n")
    Path(path).chmod(0o644)
    Path(path).write_text("{}", encoding="utf-8")
    code, out, err = run("recompute", "--release", identity)
    assert (code, out) == (2, "")
    assert "đã bị thay đổi sau khi chốt" in err


def test_what_cannot_be_released_or_recomputed_is_told(run: Run) -> None:
    code, _, err = run("release", "create", "--period", "2026-Q1")
    assert code == 2
    assert "Kỳ tính “2026-Q1” phải là một năm dương lịch" in err
    code, _, err = run("recompute", "--release", "abc")
    assert code == 2
    assert err == "Không có bản chốt nào có mã bắt đầu bằng “abc”. Đề nghị kiểm tra lại mã.\n"


@pytest.mark.django_db
def test_the_whole_way_in_a_fresh_installation(installation: Installation, edition: Edition) -> None:
    file = write(
        installation.data / "a.csv", WHOLE_PLAN_OF_LABOUR + figures(f"T01 {A} . 2026 . 5").split(b"\n", 1)[1]
    )
    imported = installation.songhanh("observations", "import", file, "--source", "Thống kê tỉnh")
    assert imported.returncode == 0, imported.stderr
    export = installation.data / "s.csv"
    exported = installation.songhanh("observations", "export", "--out", str(export))
    assert exported.returncode == 0, exported.stderr
    again = installation.songhanh("observations", "import", str(export), "--source", "chép lại")
    assert "6 số liệu không thay đổi" in again.stdout, again.stderr
    made = installation.songhanh("release", "create", "--period", "2026")
    assert made.returncode == 0, made.stderr
    identity = made.stdout.split()[0]
    assert (installation.data / "releases" / f"{identity}.json").is_file()
    assert installation.songhanh("recompute", "--release", identity).returncode == 0


def test_figures_that_came_in_stay_when_there_is_no_room_for_the_results(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OperationalError("could not extend file: No space left on device")

    file = write(tmp_path / "a.csv", WHOLE_PLAN_OF_LABOUR)
    with monkeypatch.context() as crowded:
        crowded.setattr("songhanh.results.services._keep", full)
        code, out, err = run("observations", "import", file, "--source", "x")
    assert code == 1
    assert "5 số liệu mới" in out
    assert "Số liệu đã ghi xong, nhưng ổ đĩa đã đầy nên chưa tính lại được kết quả." in err
    assert "Đã tính lại" not in run("observations", "export", "--out", str(tmp_path / "s.csv"))[1]
    assert len(queries.figures()) == 5


@pytest.mark.parametrize(
    "words",
    [
        ("observations", "export", "--out", "x.csv"),
        ("release", "create", "--period", "2026"),
        ("recompute", "--release", "abc"),
        ("observations", "import", __file__, "--source", "x"),
    ],
)
def test_a_disk_too_full_to_open_the_database_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, data_directory: Path, words: tuple[str, ...]
) -> None:
    def no_log(*_: object, **__: object) -> None:
        raise OperationalError("disk I/O error")

    data_directory.mkdir()
    monkeypatch.setattr(queries, "_current", no_log)
    monkeypatch.setattr(queries, "mark", no_log)
    monkeypatch.setattr("songhanh.results.commands.releases_named", no_log)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=4096))
    code, out, err = run(*words)
    assert (code, out) == (1, "")
    assert err.startswith("Ổ đĩa đã đầy, ")
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=10**9))
    with pytest.raises(OperationalError):
        run(*words)


@pytest.mark.parametrize("words", ["observations export --out x.csv", "release create --period 2026"])
def test_a_broken_edition_is_told_with_its_file(run: Run, tmp_path: Path, words: str) -> None:
    code, out, err = run(*words.split(), "--edition", str(tmp_path / "khong-co"))
    assert (code, out) == (2, "")
    assert "Không tìm thấy thư mục này." in err
