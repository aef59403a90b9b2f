"""Commands that show what an adapter must carry: privacy, buttons, rights, length."""

from __future__ import annotations

from typing import Annotated, Literal

from core.domain.message import Button, File, Reply
from core.domain.people import Member, Rights
from core.kit import Context, action, command
from core.kit.declare import Range


@command(private=True)
async def whisper(context: Context, text: str) -> Reply:
    """Say something to the caller alone."""
    return Reply(context.t("said", text=text))


@command()
async def shout(context: Context, text: str, times: Annotated[int, Range(1, 500)] = 1) -> Reply:
    """Say something to everybody, several times."""
    return Reply("\n".join([context.t("said", text=text)] * times))


@command(rights=Rights.MODERATOR)
async def sweep(context: Context, how: Literal["fast", "slow"]) -> Reply:
    """Do what moderators do."""
    return Reply(context.t("said", text=f"swept {how}"))


@command(rights=Rights.OWNER, direct=False)
async def rule(context: Context) -> Reply:
    """Do what owners do."""
    return Reply(context.t("said", text="ruled"))


@command()
async def pages(context: Context) -> Reply:
    """Turn pages with buttons."""
    return _page(context, 1)


@action()
async def turn_page(context: Context, page: int) -> Reply:
    """Show another page."""
    return _page(context, page)


def _page(context: Context, page: int) -> Reply:
    turn = context.button("Next", turn_page, page=page + 1)
    fresh = Button("Fresh", "whisper", {"text": "fresh"}, anyone=True, replace_message=False)
    docs = Button("Docs", url="https://example.org/docs")
    return Reply(context.t("said", text=f"page {page}"), ((turn, fresh), (docs,)))


@command()
async def paper(context: Context, member: Member | None = None) -> Reply:
    """Hand a file over."""
    name = (member or context.me).name
    return Reply(context.t("said", text=name), file=File("paper.txt", b"all that is kept", "text/plain"))


@command()
async def offer(context: Context) -> Reply:
    """Show everybody a button whose answer is for one alone."""
    return Reply(context.t("said", text="for all"), ((context.button("Hush", "whisper", text="for you alone"),),))


#: The catalogues of these commands.
ENGLISH = """
said = { $text }
command-whisper = Say something to yourself
option-whisper-text = What to say
option-whisper-text-name = text
command-shout = Say something to everybody
option-shout-text = What to say
option-shout-text-name = text
option-shout-times = How often
option-shout-times-name = times
command-sweep = Sweep the room
option-sweep-how = How to sweep
option-sweep-how-name = how
command-rule = Rule the place
command-pages = Turn pages
command-paper = Hand a paper over
command-offer = Offer a whisper
option-paper-member = Whose paper
option-paper-member-name = member
"""
CHINESE = """
said = { $text }
command-whisper = 悄悄说
option-whisper-text = 说什么
option-whisper-text-name = 内容
command-shout = 大声说
option-shout-text = 说什么
option-shout-text-name = 内容
option-shout-times = 说几遍
option-shout-times-name = 次数
command-sweep = 打扫
option-sweep-how = 怎么打扫
option-sweep-how-name = 方式
command-rule = 管理
command-pages = 翻页
command-paper = 交文件
command-offer = 请人悄悄听
option-paper-member = 谁的
option-paper-member-name = 成员
"""
