"""Why a message did not arrive."""


class Undelivered(Exception):
    """The other side did not take it: `problem` is a message id, `code` its answer; `is_final` means for good."""

    def __init__(self, problem: str, *, code: int | None = None, is_final: bool = False) -> None:
        """Keep what is written into the log."""
        super().__init__(problem)
        self.problem = problem
        self.code = code
        self.is_final = is_final
