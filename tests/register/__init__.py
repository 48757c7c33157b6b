"""The register of figures, the results that follow it, and the releases made from them."""
