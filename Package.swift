// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target is held to.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
]

/// Kernels are optimised in every configuration: at `-Onone` they are hundreds of times slower.
let kernel: [SwiftSetting] = strict + [.unsafeFlags(["-O", "-Xcc", "-fno-math-errno"])]

// The manifest knows the host's architecture only; the flags of AVX are an error elsewhere.
#if arch(x86_64)
  let avx2: [SwiftSetting] = [
    .define("FMA"), .unsafeFlags(["-Xcc", "-mavx2", "-Xcc", "-mfma", "-Xcc", "-mf16c"]),
  ]
  let avx512: [SwiftSetting] =
    avx2 + [
      .define("AVX512"),
      .unsafeFlags(["f", "vl", "bw", "dq"].flatMap { ["-Xcc", "-mavx512\($0)"] }),
    ]
#else
  let avx2: [SwiftSetting] = []
  let avx512: [SwiftSetting] = []
#endif

// xxHash is its header only. Where Homebrew keeps headers, pkg-config has to tell; elsewhere it would
// link a library that nothing uses.
#if os(macOS)
  let xxHashConfig: String? = "libxxhash"
#else
  let xxHashConfig: String? = nil
#endif

let package = Package(
  name: "refrain",
  platforms: [.macOS("26.0")],
  products: [
    .library(name: "Refrain", targets: ["Refrain"]),
    .library(name: "RefrainText", targets: ["RefrainText"]),
    .library(name: "RefrainRuns", targets: ["RefrainRuns"]),
    .library(name: "RefrainMusic", targets: ["RefrainMusic"]),
    .library(name: "RefrainNotes", targets: ["RefrainNotes"]),
    .library(name: "RefrainTables", targets: ["RefrainTables"]),
    .executable(name: "refrain", targets: ["RefrainCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "CPUFeatures"),
    // What kernels of units are given; compiled once, so that it is the same for all three.
    .target(name: "UnitSteps", swiftSettings: kernel),
    .target(name: "Kernels", dependencies: ["UnitSteps"], swiftSettings: kernel),
    .target(name: "KernelsAVX2", dependencies: ["UnitSteps"], swiftSettings: kernel + avx2),
    .target(name: "KernelsAVX512", dependencies: ["UnitSteps"], swiftSettings: kernel + avx512),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CXXHash", pkgConfig: xxHashConfig,
      providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
    .target(name: "RefrainFiles", dependencies: ["CXXHash"], swiftSettings: strict),
    .target(name: "RefrainVocabulary", dependencies: ["RefrainFiles"], swiftSettings: strict),
    .target(
      name: "Refrain",
      dependencies: [
        "CPUFeatures", "UnitSteps", "Kernels", "KernelsAVX2", "KernelsAVX512", "RefrainFiles",
        "RefrainVocabulary",
      ],
      swiftSettings: strict),
    .target(name: "RefrainRuns", dependencies: ["Refrain"], swiftSettings: strict),
    .target(
      name: "RefrainTools", dependencies: ["Refrain", "CXXHash"], swiftSettings: strict),
    .target(
      name: "RefrainText", dependencies: ["Refrain", "RefrainRuns", "RefrainTools", "CZlib"],
      swiftSettings: strict),
    .systemLibrary(
      name: "CSndfile", pkgConfig: "sndfile",
      providers: [.apt(["libsndfile1-dev"]), .brew(["libsndfile"])]),
    .systemLibrary(
      name: "CSamplerate", pkgConfig: "samplerate",
      providers: [.apt(["libsamplerate0-dev"]), .brew(["libsamplerate"])]),
    // Without pkg-config: its file passes definitions that the package manager warns of.
    .systemLibrary(
      name: "CKissFFT", providers: [.apt(["libkissfft-dev"]), .brew(["kissfft"])]),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .target(
      name: "RefrainMusic",
      dependencies: [
        "Refrain", "RefrainRuns", "RefrainTools", "CSndfile", "CSamplerate", "CKissFFT", "CPNG",
      ],
      swiftSettings: strict),
    .target(
      name: "RefrainNotes", dependencies: ["Refrain", "RefrainRuns"], swiftSettings: strict),
    .target(
      name: "RefrainTables", dependencies: ["Refrain", "RefrainRuns", "RefrainTools"],
      swiftSettings: strict),
    .target(name: "Charts", swiftSettings: strict),
    .executableTarget(
      name: "RefrainCLI",
      dependencies: [
        "Charts", "Refrain", "RefrainMusic", "RefrainNotes", "RefrainRuns", "RefrainTables",
        "RefrainText", "RefrainTools",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(name: "AllocationCount", path: "Tests/AllocationCount"),
    // Optimised like the kernels: reference implementations are arithmetic that tests run thousands of times.
    .target(
      name: "TestSupport", dependencies: ["AllocationCount", "Refrain"],
      path: "Tests/TestSupport",
      swiftSettings: strict + [.unsafeFlags(["-O"])]),
    .target(
      name: "Comparison", dependencies: ["Refrain", "RefrainTools"], path: "Benchmarks/Comparison",
      swiftSettings: strict),
    .executableTarget(
      name: "SideBySide",
      dependencies: [
        "Comparison", "Refrain", "RefrainTools",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/SideBySide", swiftSettings: strict),
    .executableTarget(
      name: "TrainOnText", dependencies: ["Refrain", "RefrainRuns", "RefrainText"],
      path: "Examples/TrainOnText", swiftSettings: strict),
    .executableTarget(
      name: "DailyNumbers", dependencies: ["Refrain", "RefrainRuns"],
      path: "Examples/DailyNumbers", swiftSettings: strict),
    .target(
      name: "PeepholeLSTM", dependencies: ["Refrain"], path: "Examples/PeepholeLSTM",
      swiftSettings: strict),
    .executableTarget(
      name: "GatesOverTime", dependencies: ["Charts", "Refrain", "RefrainRuns", "RefrainTables"],
      path: "Examples/GatesOverTime", swiftSettings: strict),
    .executableTarget(
      name: "ShortPrograms",
      dependencies: [
        "PeepholeLSTM", "Refrain", "RefrainMusic", "RefrainRuns", "RefrainTables", "RefrainText",
      ],
      path: "Examples/ShortPrograms", swiftSettings: strict),
    .executableTarget(
      name: "SimpleModel", dependencies: ["Refrain"], path: "Examples/SimpleModel",
      swiftSettings: strict),
    .executableTarget(
      name: "DurableWriteProbe", dependencies: ["RefrainFiles"], path: "Tests/DurableWriteProbe",
      swiftSettings: strict),
    .testTarget(
      name: "KernelsTests", dependencies: ["Refrain", "TestSupport", "UnitSteps"],
      swiftSettings: strict),
    .testTarget(
      name: "RefrainTests",
      dependencies: ["Refrain", "RefrainRuns", "TestSupport", "PeepholeLSTM", "SimpleModel"],
      swiftSettings: strict),
    .testTarget(
      name: "RefrainFilesTests",
      dependencies: ["RefrainFiles", "TestSupport", "DurableWriteProbe"],
      swiftSettings: strict),
    .testTarget(
      name: "RefrainVocabularyTests",
      dependencies: ["RefrainFiles", "RefrainVocabulary", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RefrainTextTests",
      dependencies: ["Refrain", "RefrainText", "RefrainTools", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RefrainMusicTests", dependencies: ["Refrain", "RefrainMusic", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RefrainRunsTests",
      dependencies: ["Refrain", "RefrainRuns", "TestSupport", "DailyNumbers"],
      swiftSettings: strict),
    .testTarget(
      name: "RefrainNotesTests", dependencies: ["Refrain", "RefrainNotes", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RefrainTablesTests",
      dependencies: ["Refrain", "RefrainTables", "RefrainTools", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "BenchmarksTests",
      dependencies: ["Comparison", "Refrain", "RefrainTools", "SideBySide"],
      swiftSettings: strict),
    .testTarget(
      name: "RefrainToolsTests", dependencies: ["RefrainTools"], swiftSettings: strict),
    // Runs the command as a user would; the library only makes what it works on.
    .testTarget(
      name: "RefrainCLITests",
      dependencies: [
        "RefrainCLI", "Refrain", "RefrainMusic", "RefrainNotes", "RefrainTables", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ExamplesTests",
      dependencies: [
        "GatesOverTime", "RefrainMusic", "RefrainText", "ShortPrograms", "TestSupport",
        "TrainOnText",
      ],
      swiftSettings: strict),
    .testTarget(name: "ChartsTests", dependencies: ["Charts"], swiftSettings: strict),
    .executableTarget(
      name: "Scaling",
      dependencies: [
        "Refrain", "RefrainTools", "Charts",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/Scaling", swiftSettings: strict),
    .executableTarget(
      name: "CountedWork", dependencies: ["Refrain", "RefrainTools"],
      path: "Benchmarks/CountedWork",
      swiftSettings: strict),
    .executableTarget(
      name: "Race",
      dependencies: [
        "Charts", "Refrain", "RefrainRuns", "RefrainText",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/Race", swiftSettings: strict),
    .testTarget(
      name: "RaceTests", dependencies: ["Race", "Refrain", "RefrainText"], swiftSettings: strict),
  ]
)
