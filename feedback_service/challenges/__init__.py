"""The confirmation code: picture, sound and work, each spent once."""
