import Settings
import Testing

struct SizeTests {
    /// Repeated up to the largest file, each of these once cost time or memory in some YAML reader.
    @Test(
        arguments: [
            "[", "{", "- ", "? ", "{a: ", "[[],", "a: {b: c, ", "a:\n", "a: 1\n", "\ta\n", "\"a\n",
            "&a [*a,", "x\n", "  ", "#\n", "- a\n", "'", "a", "%", "银\u{7}", "{? ",
        ])
    func `a mebibyte of one thing is refused and not waited for`(piece: String) {
        let text = String(
            repeating: piece, count: ConfigurationSources.largestFileBytes / piece.utf8.count)
        #expect(!faults(text).isEmpty)
    }

    @Test
    func `a mebibyte of unknown keys is refused and not waited for`() {
        let lines = (1...100_000).map { "k\($0): 1\n" }
        #expect(!faults(lines.joined()).isEmpty)
    }

    @Test
    func `many repeated keys are refused and not waited for`() {
        let lines = (1...50_000).map { "k\($0 / 2): 1\n" }
        #expect(!faults(lines.joined()).isEmpty)
    }

    private func faults(_ text: String) -> [ConfigurationFault] {
        var contents = Sample.minimal.mapValues { Array($0.utf8) }
        contents["platform.yaml"] = Array(text.utf8)
        return Sample.faults(of: contents)
    }
}
