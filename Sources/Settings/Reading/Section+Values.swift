extension Section {
    /// The value of a key, from the environment, the file or `standard`, in this order.
    func value<Value>(_ name: String, _ rule: Rule<Value>, default standard: String? = nil)
        -> Located<Value>?
    {
        let value = written(name)
        if let overrides, let text = given(name) {
            let place = Place.environment(variable: overrides.variable(name))
            return read(text, rule, key: path(name), source: .written(place), at: place)
        }
        let place = place(of: name)
        guard let value else {
            guard let standard else { return missing(name, rule.allowed) }
            return read(standard, rule, key: path(name), source: .standard, at: place)
        }
        return element(value, rule, key: path(name))
    }

    /// The value of a key that may be absent; nil also when it cannot be read, which is reported.
    func optional<Value>(_ name: String, _ rule: Rule<Value>) -> Located<Value>? {
        isGiven(name) ? value(name, rule) : nil
    }

    /// Whether the file or the environment says something of a key.
    func isGiven(_ name: String) -> Bool {
        let isInEnvironment = given(name) != nil
        return written(name) != nil || isInEnvironment
    }

    /// What the environment says of a key, whose variable thereby is one that is read.
    private func given(_ name: String) -> String? {
        guard let overrides else { return nil }
        findings.note(variable: overrides.variable(name))
        return overrides.value(name)
    }

    /// The values of a list of texts; those that cannot be read are left out and reported.
    func values<Value>(_ name: String, _ rule: Rule<Value>, isRequired: Bool) -> [Located<Value>] {
        list(name, of: rule.allowed, isRequired: isRequired).enumerated().compactMap {
            element($0.element, rule, key: "\(path(name))[\($0.offset + 1)]")
        }
    }

    /// The mapping under a key, which must be there.
    func section(_ name: String) -> Section? {
        guard let value = written(name) else { return missing(name, "a mapping") }
        return section(value, key: path(name), overrides: overrides?.below(name))
    }

    /// The mapping under a key, or an empty one where it is absent: all its keys have defaults.
    func sectionOrEmpty(_ name: String) -> Section? {
        let overrides = overrides?.below(name)
        guard let value = written(name) else {
            return below([], key: path(name), position: position, overrides: overrides)
        }
        return section(value, key: path(name), overrides: overrides)
    }

    /// The mappings of a list; no environment variable reaches into a list.
    func sections(_ name: String, isRequired: Bool) -> [Section] {
        list(name, of: "keys with values", isRequired: isRequired).enumerated().compactMap {
            section($0.element, key: "\(path(name))[\($0.offset + 1)]", overrides: nil)
        }
    }

    private func section(_ value: Written, key: String, overrides: Overrides?) -> Section? {
        guard case .mapping(let entries) = value.content else {
            return wrongShape(value, key: key, wanted: "keys with values")
        }
        return below(entries, key: key, position: value.position, overrides: overrides)
    }

    private func list(_ name: String, of content: String, isRequired: Bool) -> [Written] {
        guard let value = written(name) else {
            if isRequired { return missing(name, "a list with at least one entry") ?? [] }
            note("(none)", key: path(name), .standard)
            return []
        }
        guard case .list(let elements) = value.content else {
            return wrongShape(value, key: path(name), wanted: "a list; each entry is \(content)")
                ?? []
        }
        if elements.isEmpty {
            if isRequired { return missing(name, "a list with at least one entry") ?? [] }
            note("(none)", key: path(name), .written(place(value.position)))
        }
        return elements
    }

    private func element<Value>(_ value: Written, _ rule: Rule<Value>, key: String)
        -> Located<Value>?
    {
        guard case .text(let text) = value.content else {
            return wrongShape(value, key: key, wanted: rule.allowed)
        }
        let place = place(value.position)
        return read(text, rule, key: key, source: .written(place), at: place)
    }

    private func read<Value>(
        _ text: String, _ rule: Rule<Value>, key: String, source: SettingOrigin.Source,
        at place: Place
    ) -> Located<Value>? {
        do {
            let value = try rule.read(text)
            note(text, key: key, source)
            return Located(value: value, key: key, place: place)
        } catch {
            findings.report(error.code, error.found, key: key, at: place, allowed: error.allowed)
            return nil
        }
    }

    private func note(_ value: String, key: String, _ source: SettingOrigin.Source) {
        findings.note(SettingOrigin(file: file, key: key, value: value, source: source))
    }

    private func missing<Value>(_ name: String, _ allowed: String) -> Value? {
        findings.report(
            .missingKey, has(name) ? "nothing stands there" : "a key is missing", key: path(name),
            at: place(of: name),
            allowed: "it needs \(allowed)")
        return nil
    }

    private func wrongShape<Value>(_ value: Written, key: String, wanted: String) -> Value? {
        findings.report(
            .wrongShape, "\(value.shape) stands there", key: key, at: place(value.position),
            allowed: "it needs \(wanted)")
        return nil
    }
}
