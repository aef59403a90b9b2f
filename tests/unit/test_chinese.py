"""Chinese reads as Chinese people write it."""

from __future__ import annotations

import re
from importlib import resources

_CHINESE = "\u4e00-\u9fff」』》。，：；？！（）"


def test_marks_beside_chinese_are_full_width() -> None:
    text = resources.files("core.locales").joinpath("zh-CN.ftl").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    narrow = re.compile(f"[{_CHINESE}][,:;?!()]|[,;?!()][{_CHINESE}]")
    assert [line for line in lines if narrow.search(line)] == []
