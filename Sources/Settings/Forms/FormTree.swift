/// The forms of one file as the mappings and lists in which they stand.
struct FormTree {
    /// A mapping, or one key of it.
    struct Branch {
        let name: String
        /// What the key itself is, where it has a form.
        var form: SettingForm?
        /// Whether what is below stands in a list of mappings.
        var isList = false
        var below: [Branch] = []

        /// Whether the key must be there wherever the mapping around it is.
        ///
        /// A mapping with a key that opens it may be left out; any other must be there when one of
        /// its own keys must.
        var isRequired: Bool {
            switch form?.absent {
            case .refused, .group: true
            case .value, .words, .depends: false
            case nil: below.contains(where: \.isRequired) && !below.contains(where: \.opens)
            }
        }

        private var opens: Bool {
            if case .group? = form?.absent { true } else { false }
        }
    }

    private(set) var root = Branch(name: "")

    init(_ forms: [SettingForm]) {
        for form in forms {
            FormTree.add(form, form.key.split(separator: ".")[...], to: &root)
        }
    }

    private static func add(
        _ form: SettingForm, _ path: ArraySlice<Substring>, to branch: inout Branch
    ) {
        guard let first = path.first else {
            branch.form = form
            return
        }
        let isList = first.hasSuffix("[]")
        let name = String(isList ? first.dropLast(2) : first)
        let index = branch.below.firstIndex { $0.name == name } ?? branch.below.count
        if index == branch.below.count { branch.below.append(Branch(name: name)) }
        if isList { branch.below[index].isList = true }
        add(form, path.dropFirst(), to: &branch.below[index])
    }
}
