"""Rules of notices: what is told, in which words, to which addresses, how often it is tried."""
