"""Telegram: the Bot API by long polling or webhook, through python-telegram-bot.

Empty, so that reading an export doesn't load the SDK.
"""
