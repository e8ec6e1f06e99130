import Foundation
import Settings
import Testing

struct MutationTests {
    /// Mutations of the sample: none may crash, and each is either accepted or told in full.
    @Test func `no spoiled file crashes a load or fails without place and sentence`() {
        let seed =
            ProcessInfo.processInfo.environment["COLEND_SEED"].flatMap(UInt64.init) ?? 20_260_101
        var random = SplitMix(state: seed)
        // Every key of every file stands in one of them.
        let samples =
            FormSamples.all.sorted { $0.key < $1.key }
            .map { $0.value.mapValues { Array($0.utf8) } } + FormDocument.all.map(\.contents)
        var refused = 0
        var (number, loads) = (0, 0)
        var slowest = Duration.zero
        while number < 20_000 {
            let sample = samples[random.below(samples.count)]
            var contents = sample
            for path in sample.keys.sorted() where random.below(2) == 0 {
                contents[path] = mutated(sample[path] ?? [], &random)
                number += 1
            }
            let start = ContinuousClock.now
            let (loaded, faults) = outcome(of: contents)
            slowest = max(slowest, start.duration(to: .now))
            #expect(loaded.map(isWhole(contents)) ?? true, "case \(number), seed \(seed)")
            loads += 1
            refused += faults.isEmpty ? 0 : 1
            for fault in faults where !isTold(fault) {
                Issue.record(
                    """
                    \(fault) after mutation \(number), seed \(seed); again: \
                    COLEND_SEED=\(seed) Scripts/test --filter MutationTests
                    """)
            }
        }
        // Most loads meet something that counts; comments and titles take the rest.
        #expect(refused > loads * 3 / 4, "\(refused) of \(loads)")
        #expect(slowest < .seconds(2), "a load took \(slowest)")
    }

    private func outcome(of contents: [String: [UInt8]])
        -> (loaded: Configuration?, faults: [ConfigurationFault])
    {
        do {
            return (try Sample.load(bytes: contents), [])
        } catch {
            return (nil, error.faults)
        }
    }

    /// Whether what was loaded is of every file: nothing is left out in silence.
    private func isWhole(_ contents: [String: [UInt8]]) -> (Configuration) -> Bool {
        func count(_ folder: String) -> Int {
            contents.keys.count { $0.hasPrefix(folder + "/") }
        }
        return { loaded in
            loaded.parties.count == count("parties")
                && loaded.agreements.count == count("agreements")
                && loaded.products.count == count("products")
                && loaded.calendars.count == count("calendars")
                && Set(loaded.origins.map(\.file)) == Set(contents.keys)
        }
    }

    private func isTold(_ fault: ConfigurationFault) -> Bool {
        let text = fault.description
        guard case .file(let file, let line, let column) = fault.place else { return false }
        return file.hasPrefix("Config/") && line >= 1 && column >= 1 && !fault.found.isEmpty
            && !fault.allowed.isEmpty && text.hasPrefix("CONF-") && !text.contains("\n")
    }

    /// One to four edits: bytes changed, doubled, cut out, or pieces of other YAML put in.
    private func mutated(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.below(4) where !bytes.isEmpty {
            let start = random.below(bytes.count)
            let end = min(bytes.count, start + 1 + random.below(12))
            switch random.below(5) {
            case 0: bytes[start] = UInt8(random.below(256))
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
            case 3: bytes.removeSubrange(start..<(random.below(20) == 0 ? bytes.count : end))
            default:
                let piece = pieces[random.below(pieces.count)]
                bytes.insert(contentsOf: Array(piece.utf8), at: start)
            }
        }
        return bytes
    }

    private let pieces = [
        "&a", "*a", "!!int ", "|\n", ">-\n", "? ", ": ", "- ", "[", "]", "{", "}", ",", "\"", "'",
        "#",
        "\t", "\n", "\r", "\r\n", "---\n", "...\n", "%YAML 1.2\n", "\u{FEFF}", "\u{2028}", "\u{0}",
        "party: x\n", "name: y\n", "\\ud800", "<<: ", "~", "null", "99999999999999999999", "-", "é",
        "银",
        "\u{E000}", "{a: 1, a: 2}", "\n  ", "0x10", "1e9", "70%", "{{{{", "[[[[", "- - - - ",
    ]
}

/// A small generator whose runs repeat from their seed.
private struct SplitMix {
    var state: UInt64

    /// A number from 0 up to, but not including, `bound`.
    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
