/// An environment variable that looks like a setting of this house and that nothing reads.
package struct UnreadVariable: Hashable, Sendable {
    /// What the names of all variables of this house begin with.
    private static let prefix = "COLEND_"

    package let name: String
    /// The nearest one that is read; nil when none is near.
    package let nearest: String?

    /// The variables that are set and that neither the configuration nor anything else reads, in
    /// order of name. Without a configuration only those that resemble an option's: the others may
    /// be its own.
    ///
    /// - Parameter options: The variables that stand for options of the command line.
    package static func all(
        in environment: [String: String], _ configuration: Configuration?, options: [String]
    ) -> [UnreadVariable] {
        let read = options + (configuration?.variables.sorted() ?? [])
        let unread = environment.filter {
            $0.key.hasPrefix(prefix) && !$0.value.isEmpty && !read.contains($0.key)
        }
        return unread.keys.sorted().map { name in
            UnreadVariable(name: name, nearest: nearest(to: name, among: read))
        }.filter { configuration != nil || $0.nearest != nil }
    }

    /// By what stands behind the prefix, which they share.
    private static func nearest(to name: String, among read: [String]) -> String? {
        let words = read.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        let word = String(name.dropFirst(prefix.count))
        return Nearest.word(to: word, among: words, longest: 120, most: 3).map { prefix + $0 }
    }
}

extension UnreadVariable: CustomStringConvertible {
    /// What to do about it.
    package var advice: String {
        nearest.map { "did you mean \($0)?" } ?? "unset it, or correct its name"
    }

    /// `nothing reads the variable COLEND_STOER; did you mean COLEND_STORE?`
    package var description: String {
        "nothing reads the variable \(Quoted.bare(name)); \(advice)"
    }
}
