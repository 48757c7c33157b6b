"""Areas over time: which places exist on which days, by which document, and what became of the former ones."""
