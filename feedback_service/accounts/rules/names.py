"""Names to sign in with."""

import re

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
NAME_WORDS = "Please use 2 to 60 letters a to z, digits, dots or dashes, without accents."
