"""``sohoa doctor``."""

from __future__ import annotations

from normalize.errors import MissingDependencyError
from sohoa.commands.terminal import output

__all__ = ["doctor"]


def doctor() -> None:
    """Show what is installed, what is missing, and the command that gets it."""
    from sohoa.doctor import as_table, examine

    checks = examine()
    output.print(as_table(checks))
    missing = [check.what for check in checks if not check.is_well]
    if missing:
        raise MissingDependencyError(f"Missing: {', '.join(missing)}.", "Type the commands above.")
