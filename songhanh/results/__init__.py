"""What the figures amount to: runs and their results, and the frozen releases made from them."""
