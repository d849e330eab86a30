"""Who did what to which record: an append-only, hash-chained ledger."""
