"""Rules of the box: kinds and states, the allowed steps, the clock, masking, codes. Pure."""
