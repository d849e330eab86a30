"""What a challenge looks and sounds like, and the pool that holds it ready."""
