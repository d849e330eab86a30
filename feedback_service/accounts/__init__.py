"""Staff sign-in, sessions, roles and who may open which route."""
