"""Messages as bytes that leave this machine: mail and signed posts."""
