// A request that lies in the bank's queue.

/// A request put aside by the fault `held-request`, and until when.
struct HeldRequest {
    let key: String
    /// The body as received.
    let body: JSON
    /// Queries that are still answered 404 before it is decided.
    var queriesLeft: Int
    /// Whether a reversal that comes first stops it.
    let honoursReversal: Bool

    var json: JSON {
        .record([
            "kind": .string("held"), "key": .string(key), "body": body,
            "queries": .integer(queriesLeft), "honours": .bool(honoursReversal),
        ])
    }

    init(key: String, body: JSON, queriesLeft: Int, honoursReversal: Bool) {
        self.key = key
        self.body = body
        self.queriesLeft = queriesLeft
        self.honoursReversal = honoursReversal
    }

    init?(_ json: JSON) {
        guard let key = json["key"]?.text, let body = json["body"],
            let queries = json["queries"]?.integer
        else { return nil }
        self.init(
            key: key, body: body, queriesLeft: queries,
            honoursReversal: json["honours"] == .bool(true))
    }
}
