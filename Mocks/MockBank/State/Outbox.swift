// Callbacks that wait to be sent: they survive a kill, so each goes out at least once.

/// One callback to the platform.
struct Callback {
    let id: Int
    let key: String
    /// The body as it is sent, JSON.
    let body: JSON
    let delayMilliseconds: Int
    /// Whether it is not the bank's: its signature fits another text.
    let isForged: Bool
    /// Whether it waits until one behind it was delivered, at most for its delay.
    let waitsForNext: Bool

    var json: JSON {
        .record([
            "id": .integer(id), "key": .string(key), "body": body,
            "delay": .integer(delayMilliseconds), "forged": .bool(isForged),
            "waits": .bool(waitsForNext),
        ])
    }

    init(
        id: Int, key: String, body: JSON, delayMilliseconds: Int = 0, isForged: Bool = false,
        waitsForNext: Bool = false
    ) {
        self.id = id
        self.key = key
        self.body = body
        self.delayMilliseconds = delayMilliseconds
        self.isForged = isForged
        self.waitsForNext = waitsForNext
    }

    init?(_ json: JSON) {
        guard let id = json["id"]?.integer, let key = json["key"]?.text, let body = json["body"]
        else { return nil }
        self.init(
            id: id, key: key, body: body, delayMilliseconds: json["delay"]?.integer ?? 0,
            isForged: json["forged"] == .bool(true), waitsForNext: json["waits"] == .bool(true))
    }
}

/// The callbacks of a bank that are not delivered, and what was announced.
struct Outbox {
    /// `http://host:port` of the platform; nil sends none.
    var url: String?
    private(set) var waiting: [Int: Callback] = [:]
    /// The sequence of the latest state announced of each key.
    private(set) var announced: [String: Int] = [:]
    /// Those that waited for the next one, which has been delivered.
    private(set) var letGo: Set<Int> = []
    /// The id of the callback after the last.
    private(set) var nextID = 1

    /// A callback under way when the bank is reset must not be taken for a later one.
    init(url: String?, after earlier: Outbox? = nil) {
        self.url = url
        nextID = earlier?.nextID ?? 1
    }

    mutating func announce(_ key: String, _ sequence: Int, _ callbacks: [Callback]) {
        announced[key] = sequence
        for callback in callbacks {
            waiting[callback.id] = callback
            nextID = max(nextID, callback.id + 1)
        }
    }

    /// Takes a callback off, and lets those go that waited for one behind them.
    mutating func deliver(_ id: Int) {
        waiting[id] = nil
        letGo.remove(id)
        for (earlier, callback) in waiting where earlier < id && callback.waitsForNext {
            letGo.insert(earlier)
        }
    }
}
