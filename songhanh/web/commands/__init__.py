"""The commands of `songhanh`, one module each, imported only when asked for.

A module offers `arguments(parser)`, which declares its options with Vietnamese help, and `run(options)`, which returns
the exit code: 0 done, 2 the input is refused and nothing has changed, 1 our own failure.
"""
