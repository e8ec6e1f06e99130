/// Writes metrics in Prometheus's text format, version 0.0.4.
struct PrometheusText {
    /// What a metric is.
    enum Kind: String {
        case counter, gauge, histogram
    }

    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    /// The head of a metric; its samples follow.
    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: String) {
        let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        text += name + (pairs.isEmpty ? "" : "{\(pairs)}") + " \(value)\n"
    }

    /// Buckets, sum and count of a histogram of durations, in seconds.
    mutating func histogram(
        _ name: String, _ labels: [(String, String)], _ histogram: Histogram
    ) {
        for (bound, count) in zip(Histogram.bounds, histogram.cumulative) {
            sample(name + "_bucket", labels + [("le", Self.seconds(bound))], "\(count)")
        }
        sample(name + "_bucket", labels + [("le", "+Inf")], "\(histogram.count)")
        sample(name + "_sum", labels, Self.seconds(histogram.totalMicroseconds))
        sample(name + "_count", labels, "\(histogram.count)")
    }

    /// Seconds as a decimal number, exactly. Worked: 2,500 microseconds are `0.0025`.
    static func seconds(_ microseconds: Int64) -> String {
        var fraction = String(microseconds % 1_000_000 + 1_000_000).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        return "\(microseconds / 1_000_000)" + (fraction.isEmpty ? "" : ".\(fraction)")
    }

    private static func escaped(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.append(character)
            }
        }
    }
}
