import Foundation
import Operations
import SQLStore

/// Changes one share on one side behind everybody's back, to see that the comparison notices.
enum ChaosFalsifier {
    /// A cent more in the platform's book.
    static func falsifyStore(_ launch: Launch) async throws {
        let store = try await OpenStore(launch, for: .writing)
        defer { store.close() }
        try await store.engine.write { connection in
            try connection.execute(
                """
                UPDATE funding_request SET held_amount = held_amount + 1
                WHERE request_key = (SELECT MIN(request_key) FROM funding_request
                    WHERE state IN (6, 8))
                """)
        }
    }

    /// A cent less in the last line of a house's log that fits: what it has accepted or paid.
    ///
    /// - Throws: ``OutputFault`` when the log holds none, or cannot be written.
    static func falsifyLog(_ path: String, where fits: (String) -> Bool) throws(OutputFault) {
        let content = FileManager.default.contents(atPath: path) ?? Data()
        var lines = String(decoding: content, as: UTF8.self).split(separator: "\n").map(String.init)
        guard let place = lines.lastIndex(where: fits), let falsified = falsified(lines[place])
        else { throw OutputFault(path: path, reason: "no decision stands in it") }
        lines[place] = falsified
        try OutputFile.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: path)
    }

    /// A line of the log begins with sixteen digits of the digest of its text.
    private static func falsified(_ line: String) -> String? {
        let text = String(line.dropFirst(17))
        guard let start = text.range(of: "\"amount\":")?.upperBound,
            let last = text[start...].firstIndex(where: { ",}".contains($0) })
                .flatMap({ end in text[..<end].lastIndex(where: \.isNumber) }),
            last >= start, let digit = text[last].wholeNumberValue
        else { return nil }
        let changed =
            text[..<last] + "\(digit == 0 ? 1 : digit - 1)" + text[text.index(after: last)...]
        let check = Hashing.hexadecimal(Hashing.sha256(Array(changed.utf8))).prefix(16)
        return "\(check) \(changed)"
    }
}
