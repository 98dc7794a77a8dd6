"""A Telegram that lives in memory and speaks the Bot API over real HTTP."""
