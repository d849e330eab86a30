"""The suggestion box: what citizens write, the clock that runs for the office, and the answers."""
