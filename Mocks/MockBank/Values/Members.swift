// The members of a JSON object: few, so kept in order of name and not hashed.

/// The members of an object in order of name, each name once.
package struct Members: Equatable, Sendable, ExpressibleByDictionaryLiteral {
    /// One member.
    struct Member: Equatable, Sendable {
        let name: String
        var value: JSON
    }

    private(set) var list: [Member] = []

    /// No members.
    package init() {}

    /// The members of a literal; of a name given twice the last counts.
    package init(dictionaryLiteral elements: (String, JSON)...) {
        for (name, value) in elements { self[name] = value }
    }

    /// The members of a dictionary.
    package init(_ members: [String: JSON]) {
        list = members.sorted { $0.key < $1.key }.map { Member(name: $0.key, value: $0.value) }
    }

    /// The value of a member; nil takes it away.
    package subscript(_ name: String) -> JSON? {
        get {
            // A dozen short names are compared sooner than one of them is hashed.
            for member in list where member.name == name { return member.value }
            return nil
        }
        set {
            if let index = list.firstIndex(where: { $0.name == name }) {
                if let newValue { list[index].value = newValue } else { list.remove(at: index) }
            } else if let newValue {
                var place = list.count
                while place > 0, name < list[place - 1].name { place -= 1 }
                list.insert(Member(name: name, value: newValue), at: place)
            }
        }
    }

    /// The names in order.
    package var keys: [String] { list.map(\.name) }

    /// The values that `transform` knows something of, by name.
    package func compactMapValues<Value>(_ transform: (JSON) -> Value?) -> [String: Value] {
        var found: [String: Value] = [:]
        for member in list { found[member.name] = transform(member.value) }
        return found
    }

    /// Puts a member at its place; false when the name is there already.
    mutating func insert(_ name: String, _ value: JSON) -> Bool {
        var place = list.count
        while place > 0, name <= list[place - 1].name {
            if list[place - 1].name == name { return false }
            place -= 1
        }
        list.insert(Member(name: name, value: value), at: place)
        return true
    }

    /// The first name that is not among `known`, which are in order.
    func stranger(to known: [String]) -> String? {
        var rest = known[...]
        for member in list {
            guard let place = rest.firstIndex(of: member.name) else { return member.name }
            rest = rest[(place + 1)...]
        }
        return nil
    }

    mutating func reserve(_ count: Int) { list.reserveCapacity(count) }
}
