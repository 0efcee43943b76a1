// Files stand below the engine, in a module of their own; `import Refrain` gives them too, as a program
// that trains or uses a model needs both.

@_exported public import RefrainFiles
