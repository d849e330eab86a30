"""Rules of staff accounts: roles, who may open which route, passwords."""
