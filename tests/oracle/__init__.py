"""A second implementation of the compute contract, and files to compare two implementations with."""
