"""Events as a report tells them: triggers, arguments, types, actuality, accounts."""

from casus.events.accounts import find_accounts

__all__ = ["find_accounts"]
