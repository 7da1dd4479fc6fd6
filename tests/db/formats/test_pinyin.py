"""Names are found by their right reading, and by the common wrong one."""

import pytest

from db.formats import pinyin


@pytest.mark.parametrize(
    ("name", "whole", "short"),
    [
        ("汪晓棠", "wangxiaotang", "wxt"),
        ("单晓峰", "shanxiaofeng", "sxf"),
        ("仇亦书", "qiuyishu", "qys"),
        ("解明川", "xiemingchuan", "xmc"),
        ("区惠芳", "ouhuifang", "ohf"),
        ("查永福", "zhayongfu", "zyf"),
        ("盖世平", "geshiping", "gsp"),
        ("尉迟敬", "yuchijing", "ycj"),
        ("欧阳锋", "ouyangfeng", "oyf"),
    ],
)
def test_surnames_are_read_as_surnames(name, whole, short):
    assert pinyin.full(name, person=True) == whole
    assert pinyin.initials(name, person=True) == short
    assert {whole, short, name} <= pinyin.search_keys(name, person=True)


def test_a_misread_surname_finds_too():
    assert "danxiaofeng" in pinyin.search_keys("单晓峰", person=True)


def test_units_are_read_as_units():
    assert pinyin.initials("区综合执法局") == "qzhzfj"
    assert pinyin.full("衢州市") == "quzhoushi"


def test_a_rare_character_does_no_harm():
    assert "䶮𬭎" in pinyin.search_keys("䶮𬭎", person=True)


def test_names_are_ordered_as_in_a_dictionary():
    names = ["王砚秋", "汪晓棠", "陈景行", "单宁"]
    ordered = sorted(names, key=lambda n: pinyin.sort_key(n, person=True))
    assert ordered == ["陈景行", "单宁", "汪晓棠", "王砚秋"]
