"""What Telegram says when it says no."""

from typing import Any


class RefusalError(Exception):
    """An answer with `ok: false`; the description is Telegram's own wording."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(words: str) -> RefusalError:
    return RefusalError(400, f"Bad Request: {words}")


def forbidden(words: str) -> RefusalError:
    return RefusalError(403, f"Forbidden: {words}")


def conflict(words: str) -> RefusalError:
    return RefusalError(409, f"Conflict: {words}")


def too_many_requests(retry_after: int) -> RefusalError:
    return RefusalError(
        429,
        f"Too Many Requests: retry after {retry_after}",
        {"retry_after": retry_after},
    )
