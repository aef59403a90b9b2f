"""How long people wait for Kith: `kith --help` from cold, the playground's page from the first command, a month there.

What a bare Python takes is measured beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path
from statistics import median

RUNS = 5


def spent(command: list[str]) -> float:
    """Return the median of the seconds that a command takes."""
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - began)
    return median(seconds)


def page() -> tuple[float, float, float]:
    """Return the seconds until a playground that was just started shows its page, of a page after that, of a month."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    with tempfile.TemporaryDirectory() as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
        env |= {"KITH_DATA_DIR": folder, "KITH_WEB_PORT": str(port)}
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                while not shown(address):
                    if process.poll() is not None:
                        raise SystemExit("the playground ended by itself")
                    time.sleep(0.02)
                first = time.perf_counter() - began
                began = time.perf_counter()
                shown(address)
                again = time.perf_counter() - began
                passes = month(address)
            finally:
                process.terminate()
    return first, again, passes


def month(address: str) -> float:
    """Return the seconds that a playground's month takes, one of its languages open and looked at."""
    move = urllib.request.Request(
        f"{address}playground/advance?lang=en", b'{"days": 30}', {"content-type": "application/json"}
    )
    while (began := moved_on(move)) is None:
        time.sleep(0.1)  # the last day is still being lived
    with urllib.request.urlopen(f"{address}playground/stream?lang=en&as=en-ana", timeout=60) as stream:
        for line in stream:
            if b'"moving": false' in line:
                break
    return time.perf_counter() - began


def moved_on(move: urllib.request.Request) -> float | None:
    """Let time move on and return when that began; None where it moves already."""
    began = time.perf_counter()
    try:
        urllib.request.urlopen(move, timeout=60).close()
    except urllib.error.HTTPError as error:
        if error.code != HTTPStatus.CONFLICT:
            raise
        return None
    return began


def shown(address: str) -> bool:
    """Say whether the page is there."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return bool(answer.status == 200 and answer.read())
    except OSError:
        return False


def main() -> None:
    """Print the table and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    bare = spent([sys.executable, "-c", "pass"])
    asked = spent([sys.executable, "-m", "bot", "--help"])
    first, again, passes = page()
    figures = {"bare_python": bare, "help": asked, "page_first": first, "page": again, "month": passes}
    print(
        f"kith --help {asked:.2f} s (0.40 wanted; bare Python {bare:.2f} s)   "
        f"playground from its start to its page {first:.2f} s, a page after that {again:.2f} s (1.00), "
        f"a month {passes:.1f} s (8.0 wanted)"
    )
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
