/// What is wrong with a JSON object beyond what a lenient reader finds: a key that stands twice, of which two
/// readers could take either for the right one, or values nested without an end; nil where nothing is.
package func problem(ofJSONObject bytes: [UInt8]) -> String? {
  var scanner = JSONScanner(bytes)
  do {
    try scanner.readObject { (scanner, _) throws(JSONProblem) in try scanner.skipValue() }
    return nil
  } catch {
    return error.sentence
  }
}
