"""Telegram: the Bot API by long polling or webhook, through python-telegram-bot."""

from bot.platforms.telegram.adapter import Telegram as Telegram
