// Files and vocabularies stand below the engine, in modules of their own; `import Refrain` gives them too, as
// a program that trains or uses a model needs all three.

@_exported public import RefrainFiles
@_exported public import RefrainVocabulary
