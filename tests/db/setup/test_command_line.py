"""The same jobs without a window, as scheduled tasks and other offices' scripts call them."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sheets import messy_roster

ROOT = Path(__file__).parents[3]


def run(*words, cwd=None, **environment):
    clean = {
        k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    command = [sys.executable, str(ROOT / "main.py"), *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, env=clean | environment, cwd=cwd, check=False
    )


def test_a_day_without_a_window(tmp_path):
    db = tmp_path / "示例.db"
    done = run("--db", db, "demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert "顾问 15 人" in done.stdout
    for what, rows in (("roster", 15), ("cases", 60), ("agencies", 49)):
        out = tmp_path / f"{what}.xlsx"
        done = run("export", what, out, "--db", db)
        assert done.returncode == 0
        assert f"已导出 {rows} 行" in done.stdout
        assert out.exists()
    assert run("export", "assignments", tmp_path / "a.xlsx", "--db", db).returncode == 0
    for name in ("报表.pdf", "报表.xlsx"):
        done = run(
            "report",
            "案件分派情况报表",
            tmp_path / name,
            "--from",
            "2026-01-01",
            "--to",
            "2026-11-24",
            "--db",
            db,
        )
        assert done.returncode == 0
        assert (tmp_path / name).stat().st_size > 5000
    done = run("check", "--db", db)
    assert done.returncode == 0
    words = [line.split()[0] for line in done.stdout.splitlines()]
    assert set(words) == {"通过"}
    assert len(words) > 10


def test_papers_are_made_for_the_lawyers_named(demo_office, tmp_path):
    assert {"案件分派情况报表", "顾问名册", "聘书"} <= set(run("report", "--list").stdout.split())
    db, out = demo_office.file, tmp_path / "档案.docx"
    done = run("--db", db, "report", "年度履职档案", out, "--year", "2026", "--id", "1", "--id", "2")
    assert done.returncode == 0
    assert done.stderr.count("没有填写") == 4  # neither year is assessed yet
    assert out.stat().st_size > 5000


def test_import_says_each_problem_on_a_line_and_fails_only_by_the_rows_left_out(file, tmp_path):
    db = file
    other = shutil.copy(file, tmp_path / "p.db")
    good, bad = messy_roster(tmp_path / "好.xlsx"), messy_roster(tmp_path / "坏.xlsx", spoilt=True)
    assert "检查完毕，没有写入：新增 15 人" in run("import", "roster", good, "--dry-run", "--db", db).stdout
    done = run("import", "roster", good, "--db", db)
    assert done.returncode == 0
    assert "已导入：新增 15 人" in done.stdout
    done = run("import", "roster", bad, "--db", other)
    assert done.returncode == 1
    assert "第 7 行「律师执业证号」：应为 17 位数字，现为 16 位" in done.stderr.splitlines()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("import", "roster", "没有.xlsx"), 1, "找不到文件"),
        (("report", "没有这种报表", "x.pdf"), 1, "没有名为"),
        (("report", "案件分派情况报表", "x.doc"), 1, ".pdf 或 .xlsx"),
        (("export", "roster"), 2, "命令不完整或写错了"),
        (("report", "案件分派情况报表", "x.pdf", "--from", "去年"), 2, "不是日期"),
        (("coverage", "--as-of", "0001-01-01"), 2, "请核对年份"),
    ],
)
def test_a_problem_is_one_chinese_line_and_a_code(file, tmp_path, words, code, said):
    done = run("--db", file, *words, cwd=tmp_path)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_json_is_for_programs(file, tmp_path):
    db = file
    assert json.loads(run("check", "--json", "--db", db).stdout)[0]["ok"] is True
    problem = run("--json", "--db", db, "report", "没有", tmp_path / "x.pdf")
    assert "没有名为" in json.loads(problem.stderr)["problem"]


def test_coverage_is_printed_and_exported(demo_office, tmp_path):
    db = demo_office.file
    done = run("coverage", "--as-of", "2026-11-24", "--db", db)
    assert (done.returncode, done.stderr) == (0, "")
    assert "截至 2026-11-24，49 个单位" in done.stdout
    for title in ("配备率", "工作覆盖率", "有形覆盖率", "有效覆盖率"):
        assert re.search(rf"{title}　[\d.]+%（\d+/49），其中具有行政执法权的 [\d.]+%（\d+/\d+）", done.stdout)
    assert "配备率＝" in done.stdout
    whole, *_ = json.loads(run("coverage", "--json", "--as-of", "2026-11-24", "--db", db).stdout)["scopes"]
    effective = next(rate for rate in whole["rates"] if rate["key"] == "effective")
    assert (
        f"有效覆盖率　{effective['rate']:.1%}（{effective['numerator']}/{effective['denominator']}）"
        in done.stdout
    )
    streets = run("export", "coverage", tmp_path / "街道.xlsx", "--where", "类型=街道", "--db", db)
    assert "已导出 9 行" in streets.stdout
    assert (tmp_path / "街道.xlsx").exists()
    wrong = run("export", "coverage", tmp_path / "x.xlsx", "--where", "类别=街道", "--db", db)
    assert wrong.returncode == 1
    assert "清单中没有“类别”这一列" in wrong.stderr
    assert run("export", "coverage", tmp_path / "x.xlsx", "--where", "街道", "--db", db).returncode == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux may lack a display")
def test_without_a_display_one_line_names_what_works(tmp_path):
    done = run("--db", tmp_path / "o.db")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "没有图形界面" in done.stderr
    assert "report" in done.stderr


def test_the_windowless_commands_need_no_qt(file):
    code = "import sys; sys.modules['PySide6'] = None; import main; sys.exit(main.main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "--db", str(file), "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_small_district_is_measured_and_says_what_was_measured():
    found = json.loads(run("bench", "coverage", "--rows", "1000", "--json").stdout)
    assert (found["agencies"], found["lawyers"], found["services"]) == (100, 100, 1000)
    assert found["gaps"] > 0
    assert all(
        set(times) == {"median", "p95", "most", "processor"} for times in found["milliseconds"].values()
    )
