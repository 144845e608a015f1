"""The middle: pure functions from an intake to figures, ties and scores."""
