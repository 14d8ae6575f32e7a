"""One module a thing that is measured; each has `measure(rig)` and can be run by itself."""
