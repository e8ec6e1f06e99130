import Foundation

/// A law checked on many drawn cases; what breaks it names the seed, the case and the command.
package enum Property {
    /// The only case to run, of `COLEND_CASE`; nil runs all of them.
    private static let onlyCase =
        ProcessInfo.processInfo.environment["COLEND_CASE"].flatMap { Int($0) }

    /// Runs `body` for each case with a generator of its own.
    ///
    /// - Parameters:
    ///   - cases: Cases in release; a hundredth of them in debug, where code is slow.
    ///   - seed: `COLEND_SEED`, or a fixed one without it.
    ///   - file: The test's module and file, of which the module names the command's filter.
    ///   - test: The test's name.
    ///   - body: Draws one case and throws, with ``hold(_:_:)`` for one, when the law is broken.
    /// - Throws: ``BrokenProperty`` for the first case that throws.
    package static func check(
        _ cases: Int, seed: UInt64 = SeededCase.runSeed, file: String = #fileID,
        test: String = #function, _ body: (inout SeededGenerator) throws -> Void
    ) throws {
        #if DEBUG
            let count = max(1, cases / 100)
        #else
            let count = cases
        #endif
        for number in onlyCase.map({ $0..<$0 + 1 }) ?? 0..<count {
            let seeded = SeededCase(seed: seed, number: number)
            var generator = seeded.generator
            do {
                try body(&generator)
            } catch {
                throw BrokenProperty(seeded: seeded, file: file, test: test, reason: "\(error)")
            }
        }
    }
}

/// The case in which a law did not hold, and how to run it alone.
package struct BrokenProperty: Error, CustomStringConvertible {
    let seeded: SeededCase
    let file: String
    let test: String
    let reason: String

    package var description: String {
        // A filter takes the module: raw test names hold blanks that a shell would split.
        let module = file.prefix { $0 != "/" }
        return """
            \(test): \(reason)
              \(seeded); repeat that case with
              COLEND_CASE=\(seeded.number) COLEND_SEED=\(seeded.seed) swift test --filter \(module)
            """
    }
}

/// What did not hold, in words.
package struct Violation: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
}

/// Throws unless a condition holds; cheaper than an expectation in a loop of a million.
///
/// - Throws: ``Violation`` with the message.
package func hold(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    if !condition { throw Violation(description: message()) }
}

extension SeededGenerator {
    /// A number from 0 to 2⁶² − 1, every length in bits equally likely: small ones matter too.
    package mutating func bits() -> Int64 {
        Int64((next() >> 2) >> UInt64(pick(0...61)))
    }
}
