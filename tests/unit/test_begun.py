"""Work that is begun at once: it goes on whoever is cancelled, and takes no turn where it waits for nothing."""

from __future__ import annotations

import asyncio

import pytest

from core.store.begun import begun


async def adding(one: int, other: asyncio.Future[int]) -> int:
    added = one + await other
    await asyncio.sleep(0)
    return added


def waiting() -> asyncio.Future[int]:
    return asyncio.get_running_loop().create_future()


async def test_what_waits_for_nothing_is_done_at_once() -> None:
    async def known() -> int:
        return 7

    done = begun(known())
    assert done.done()
    assert await done == 7


async def test_what_it_waits_for_comes_to_it() -> None:
    other = waiting()
    done = begun(adding(3, other))
    await asyncio.sleep(0.01)
    assert not done.done()
    other.set_result(4)
    assert await done == 7


async def test_it_goes_on_when_whoever_waits_is_cancelled() -> None:
    other = waiting()
    done = begun(adding(3, other))

    async def wait() -> None:
        await asyncio.shield(done)

    waits = asyncio.create_task(wait())
    await asyncio.sleep(0.01)
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    other.set_result(4)
    assert await done == 7


async def test_it_fails_with_what_it_raised() -> None:
    async def failing() -> None:
        raise LookupError("at once")

    with pytest.raises(LookupError, match="at once"):
        await begun(failing())
    other = waiting()
    done = begun(adding(3, other))
    other.set_exception(LookupError("later"))
    with pytest.raises(LookupError, match="later"):
        await done


async def test_it_is_told_that_it_is_cancelled_and_may_tidy_up() -> None:
    tidied, other = [], waiting()

    async def patient() -> int:
        try:
            await other
            for _ in range(1_000):
                await asyncio.sleep(0)
        finally:
            await asyncio.sleep(0)
            tidied.append(True)
        return 7

    done = begun(patient())
    other.set_result(4)
    for _ in range(5):
        await asyncio.sleep(0)
    done.cancel()
    with pytest.raises(asyncio.CancelledError):
        await done
    assert tidied == [True]
