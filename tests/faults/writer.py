"""A program that saves rows from eight threads and says so after each: the subject of the power cuts."""

import sys
import threading
from pathlib import Path

from sqlalchemy import text

from feedback_service.core.ids import new_id
from feedback_service.db import Database

THREADS = 8


class TrustingDatabase(Database):
    """The planted hole: believes that what is committed is on the disk."""

    def _make_durable(self, ticket: int) -> None:
        pass


def main(path: Path, *, is_trusting: bool) -> None:
    """Write until killed; a trusting writer believes COMMIT and does not wait for the disk."""
    database = (TrustingDatabase if is_trusting else Database)(f"sqlite:///{path}")
    with database.transaction() as session:
        session.execute(text("CREATE TABLE IF NOT EXISTS visit (id TEXT PRIMARY KEY, note TEXT NOT NULL)"))
    said = threading.Lock()

    def write() -> None:
        while True:
            visit = str(new_id())
            with database.transaction() as session:
                session.execute(text("INSERT INTO visit VALUES (:id, :note)"), {"id": visit, "note": "x" * 400})
            with said:
                sys.stdout.write(f"{visit}\n")
                sys.stdout.flush()

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for _ in range(THREADS):
        threading.Thread(target=write, daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_trusting="--trusting" in sys.argv)
