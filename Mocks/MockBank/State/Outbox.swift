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
    /// The id of the callback after the last.
    private(set) var nextID = 1
    /// Those that nobody has been told to send.
    private var fresh = Queue<Int>()
    /// Those that wait for one behind them, and those that it has let go.
    private var patient = Queue<Int>()
    private var letGo = Queue<Int>()

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
            fresh.append(callback.id)
            if callback.waitsForNext { patient.append(callback.id) }
        }
    }

    /// Takes a callback off, and lets those go that waited for one behind them.
    mutating func deliver(_ id: Int) {
        waiting[id] = nil
        while let earlier = patient.first, earlier < id {
            _ = patient.popFirst()
            letGo.append(earlier)
        }
    }

    var hasDue: Bool { !fresh.isEmpty || !letGo.isEmpty }

    /// The next one to be sent, each once when it is announced and once when it is let go.
    mutating func nextDue() -> (callback: Callback, isLetGo: Bool)? {
        while let id = letGo.popFirst() {
            if let callback = waiting[id] { return (callback, true) }
        }
        while let id = fresh.popFirst() {
            if let callback = waiting[id] { return (callback, false) }
        }
        return nil
    }
}

/// First in, first out, each step in constant time.
struct Queue<Element> {
    private var elements: [Element] = []
    private var start = 0

    var isEmpty: Bool { start == elements.count }
    var first: Element? { isEmpty ? nil : elements[start] }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard let first else { return nil }
        start += 1
        // What is gone is let go of when it is half of all: once per element on the whole.
        if 2 * start >= elements.count {
            elements.removeFirst(start)
            start = 0
        }
        return first
    }
}
