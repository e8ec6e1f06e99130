/// A value with the key and place it came from, for checks that come later.
struct Located<Value> {
    let value: Value
    let key: String
    let place: Place
}

/// Environment variables that override the scalars of one file.
struct Overrides {
    let environment: [String: String]
    /// `COLEND` for platform.yaml, `COLEND_PARTIES_HARBOR` for parties/harbor.yaml.
    let prefix: String

    init(environment: [String: String], path: String) {
        let stem = path.hasSuffix(".yaml") ? path.dropLast(5) : path[...]
        self.init(
            environment: environment,
            prefix: stem == "platform" ? "COLEND" : "COLEND_" + Overrides.words(stem))
    }

    private init(environment: [String: String], prefix: String) {
        self.environment = environment
        self.prefix = prefix
    }

    /// The overrides of the mapping under a key.
    func below(_ key: String) -> Overrides {
        Overrides(environment: environment, prefix: variable(key))
    }

    /// `COLEND_CUT_OFF` for `cutOff`.
    func variable(_ key: String) -> String { "\(prefix)_\(Overrides.words(key[...]))" }

    /// The value given for a key; an empty variable counts as unset.
    func value(_ key: String) -> String? {
        environment[variable(key)].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func words(_ text: Substring) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isUpper = ("A"..."Z").contains(scalar)
            let isWord = isUpper || ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
            if isUpper { result += "_" }
            result += isWord ? String(scalar) : "_"
        }
        return result.uppercased()
    }
}
