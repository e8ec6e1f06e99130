/// Where a setting or a fault stands.
package enum Place: Hashable, Sendable {
    /// A file or directory as a whole: it is missing, empty or unreadable.
    case whole(file: String)
    /// Line and column from 1, columns in Unicode scalars.
    case file(String, line: Int, column: Int)
    /// The environment variable that overrides the file.
    case environment(variable: String)
}

extension Place: CustomStringConvertible {
    /// `Config/platform.yaml:5:12`, or `environment COLEND_CUT_OFF`.
    package var description: String {
        switch self {
        case .whole(let file): file
        case .file(let file, let line, let column): "\(file):\(line):\(column)"
        case .environment(let variable): "environment \(variable)"
        }
    }
}

extension Place: Comparable {
    /// By file, line and column; environment variables last.
    package static func < (left: Place, right: Place) -> Bool { left.order < right.order }

    private var order: (Int, String, Int, Int) {
        switch self {
        case .whole(let file): (0, file, 0, 0)
        case .file(let file, let line, let column): (0, file, line, column)
        case .environment(let variable): (1, variable, 0, 0)
        }
    }
}
