"""JSON of ratings: what tablets send, and what the one-stop software orders."""
