"""The register of approved figures: append-only, and `services.record` is the only way in."""
