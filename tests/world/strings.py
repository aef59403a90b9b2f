"""What people, and what isn't people, type where a word is expected."""

from __future__ import annotations

ODD = (
    "",
    "\x00",
    "a\x00b",
    "\ud800",  # half of a sign
    "#²",
    "#99999999999999999999",
    "9" * 5_000,
    "1e9",
    "٣٤",  # digits of other scripts
    "१२",
    "\u202egnp.exe\u2066",  # written from the right
    "\u200b\ufeff\u00a0",  # nothing that can be seen
    "x" * 10_000,
    "*_`[<b>&amp;](tg://user?id=1) 💥 %s {x} { $x }",
    '「"open',
    "../../etc\\passwd; DROP TABLE members--",
)
