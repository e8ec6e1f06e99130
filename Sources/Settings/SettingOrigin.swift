/// Where one setting's value came from, for `config show --origin`.
package struct SettingOrigin: Hashable, Sendable {
    /// Who gave the value.
    package enum Source: Hashable, Sendable {
        case written(Place)
        /// Nobody: the value in README's column "default".
        case standard
        /// Worked out of what the file says.
        case computed
    }

    /// The file below the configuration directory, such as `parties/harbor.yaml`.
    package let file: String
    /// The key, such as `signing.profile` or `lenders[1].share`; list elements count from 1.
    package let key: String
    /// The value as written; a secret is never here.
    package let value: String
    package let source: Source

    package init(file: String, key: String, value: String, source: Source) {
        self.file = file
        self.key = key
        self.value = value
        self.source = source
    }
}

extension SettingOrigin: Comparable, CustomStringConvertible {
    package static func < (left: SettingOrigin, right: SettingOrigin) -> Bool {
        (left.file, left.order, left.key) < (right.file, right.order, right.key)
    }

    /// `platform.yaml cutOff = 23:00 (Config/platform.yaml:5:9)`.
    package var description: String { "\(file) \(key) = \(value) (\(sourceText))" }

    /// `Config/platform.yaml:5:9`, `environment COLEND_CUT_OFF`, `default` or `computed`.
    package var sourceText: String {
        switch source {
        case .written(let place): place.description
        case .standard: "default"
        case .computed: "computed"
        }
    }

    private var order: Place {
        switch source {
        case .written(let place): place
        case .standard, .computed: .environment(variable: "")
        }
    }
}
