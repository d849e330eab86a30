"""What people do with accounts: add and change them, sign in and out, change passwords."""
