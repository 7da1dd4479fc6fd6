"""Copies of the database: ``backup`` and ``restore``."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from db.commands.common import Jobs, Usage, complain

if TYPE_CHECKING:
    from sqlalchemy import URL

    from db.setup.restoring import Preview


def grammar(jobs: Jobs, shared: Usage) -> None:
    """Add the commands."""
    job = jobs.add_parser("backup", parents=[shared], help="备份：经过核对的一份副本，附件在旁边")
    job.add_argument("out", type=Path, help="备份文件（不能已经存在），或一个文件夹")
    job.set_defaults(job=backup)
    job = jobs.add_parser("restore", parents=[shared], help="从备份恢复；现有数据先另存一份")
    job.add_argument("file", type=Path, help="备份文件")
    job.add_argument("--dry-run", action="store_true", help="只列出会有什么变化，不写入")
    job.set_defaults(job=restore)


def backup(given: argparse.Namespace) -> int:
    """Write a verified copy; attachments that are missing or damaged are named on stderr."""
    from db.copies.making import write_out
    from db.copies.rotation import size_words

    report = write_out(_url(given), given.out)
    complain(report.troubles, as_json=given.json, code=0)
    size = report.path.stat().st_size
    if given.json:
        print(json.dumps({"done": "已备份", "file": str(report.path), "size": size}, ensure_ascii=False))
    else:
        print(f"已备份并核对：{report.path}（{size_words(size)}）。")
    return 1 if report.troubles else 0


def restore(given: argparse.Namespace) -> int:
    """Restore a copy, or say what that would change."""
    from db.setup import restoring
    from db.setup.opening import default_clerk

    if given.dry_run:
        _show(restoring.preview(_url(given), given.file), given)
        return 0
    done = restoring.restore(_url(given), given.file, default_clerk())
    complain(done.troubles, as_json=given.json, code=0)
    if given.json:
        aside = str(done.aside) if done.aside else None
        print(json.dumps({"done": "已恢复", "file": str(done.copy), "aside": aside}, ensure_ascii=False))
    else:
        kept = f"恢复前的数据在 {done.aside}。" if done.aside else ""
        print(f"已从 {done.copy.name} 恢复。{kept}")
    return 1 if done.troubles else 0


def _show(found: "Preview", given: argparse.Namespace) -> None:
    comparison = found.comparison
    if given.json:
        kinds = [
            {"kind": d.kind, "lost": d.lost, "back": d.back, "changed": d.changed}
            for d in (comparison.differences if comparison else ())
        ]
        acts = [
            {"at": f"{a.at:%Y-%m-%dT%H:%M:%S}", "clerk": a.clerk, "label": a.label}
            for a in (comparison.newest if comparison else ())
        ]
        answer = {
            "file": str(found.copy),
            "revision": found.revision,
            "trouble": found.trouble,
            "related": comparison.is_related if comparison else None,
            "kinds": kinds,
            "lost_acts": comparison.lost if comparison else None,
            "newest": acts,
        }
        json.dump(answer, sys.stdout, ensure_ascii=False)
        print()
        return
    print(f"检查完毕，没有写入。备份 {found.copy.name} 完好（版本 {found.revision}）。")
    if comparison is None:
        print(f"{found.trouble}，不能逐项比较；恢复时会把原文件另存。")
        return
    if not comparison.is_related:
        print("注意：这份备份来自另一个数据库，现有记录全部会被它的记录取代。")
    for difference in comparison.differences:
        print(difference.sentence())
    if not comparison.differences:
        print("记录与现在没有差别。")
    if comparison.lost:
        print(f"备份之后的 {comparison.lost} 次操作将丢失，最近的是：")
        for act in comparison.newest:
            print(f"  {act.at:%Y-%m-%d %H:%M}  {act.clerk}  {act.label}")


def _url(given: argparse.Namespace) -> "URL":
    from db.backends import url_of
    from db.places import default_database

    return url_of(given.db or default_database())
