"""Pure words shared by every feature: no web, no database."""
