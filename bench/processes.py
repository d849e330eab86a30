"""Ratings through two processes beside one, on PostgreSQL: a server of its own, started and ended by this page.

Load, PostgreSQL and the service share the machine: on two cores two processes cannot have twice of them.
"""

import os
import tempfile
from pathlib import Path
from statistics import median

from psutil import cpu_count

from bench import ratings
from bench.parts.load import Target, run
from tests.postgresql import Cluster

ROUNDS, RATINGS, CONNECTIONS, TARGET = 3, 1000, 32, 1.6


def main() -> None:
    """Measure and print the ratio beside its target."""
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)
        cluster = Cluster(Path(scratch) / "cluster")
        cluster.create()
        cluster.start()
        try:
            rates = [(measured(cluster, number, 1), measured(cluster, number, 2)) for number in range(ROUNDS)]
        finally:
            cluster.stop()
    ratio = median(two / one for one, two in rates)
    print(f"ratings through 2 processes / 1, PostgreSQL, {cpu_count()} cores  {ratio:.2f}  target >= {TARGET}")
    print(f"  one process, ratings a second  {median(one for one, _ in rates):.0f}")


def measured(cluster: Cluster, number: int, workers: int) -> float:
    """Return the ratings a second through so many processes."""
    name = f"bench_{number}_{workers}"
    with cluster.connect() as connection:
        connection.execute(f"CREATE DATABASE {name}")
    os.environ["BENCH_DATABASE_URL"] = cluster.url(name)
    target = Target(ratings.OURS, "/api/v1/ratings", f"Authorization: Bearer {ratings.TOKEN}\r\n", b'"stored"')
    with tempfile.TemporaryDirectory() as folder, ratings.serving(Path(folder), workers):
        run(target, ratings.bodies(200, 1), CONNECTIONS)
        return run(target, ratings.bodies(RATINGS, 1), CONNECTIONS).rate


if __name__ == "__main__":
    main()
