"""Colours of pictures: told apart by everybody, and with enough contrast."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from bot.draw import style

THEMES: tuple[style.ThemeName, ...] = ("light", "dark")


# Machado, Oliveira, Fernandes (2009), severity 1.0, for linear RGB.
MACHADO = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
}


# Ottosson (2020): linear RGB to LMS, and its cube root to OKLab.
TO_LMS = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]


TO_LAB = [
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
]


def seen(colour: str, vision: str) -> np.ndarray:
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(MACHADO[vision]) @ linear, 0, 1)
    return np.asarray(np.array(TO_LAB) @ np.cbrt(np.array(TO_LMS) @ linear))


@pytest.mark.parametrize("vision", MACHADO)
def test_six_colours_are_told_apart_by_everybody(vision: str) -> None:
    # 0.02 is about what can just be seen side by side; small marks apart from each other need several times that.
    for one, other in combinations(style.PALETTE, 2):
        assert np.linalg.norm(seen(one, vision) - seen(other, vision)) > 0.1, (one, other)


def test_contrast_is_that_of_the_standard() -> None:
    assert style.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert style.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert style.contrast("#0000ff", "#ffffff") == pytest.approx(8.59, abs=0.005)


@pytest.mark.parametrize("name", THEMES)
def test_text_and_shapes_have_contrast(name: style.ThemeName) -> None:
    theme = style.THEMES[name]
    assert style.contrast(theme.ink, theme.ground) >= 12
    assert style.contrast(theme.quiet, theme.ground) >= 4.5
    assert style.contrast(theme.ink, style.mix(style.ACCENT, theme.ground, theme.tint)) >= 7
    assert style.contrast(theme.grey, theme.ground) >= 3
    for colour in style.PALETTE:
        assert style.contrast(colour, theme.ground) >= 3
        assert style.contrast(colour, "#ffffff") >= 3  # initials on a face
        assert style.contrast(style.lettering(colour, theme), theme.ground) >= 4.5
