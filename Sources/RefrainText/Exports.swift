// Runs are what a material is for: who imports the one has the other.
@_exported public import RefrainRuns
