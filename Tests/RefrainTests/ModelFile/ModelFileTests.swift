import Testing

/// What holds the tests of this folder together: `swift test --filter ModelFile` runs them.
@Suite enum ModelFileTests {}
