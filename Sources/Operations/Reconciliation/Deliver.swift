package import BusinessCalendar
package import LendingRules

/// Hands our files to the partners; what a partner that is down did not get waits for it.
package struct Deliver: Sendable {
    private let files: any OutgoingFiles
    private let exchange: any PartnerFiles
    private let catalogue: Catalogue
    private let surroundings: Surroundings

    package init(
        files: any OutgoingFiles, exchange: any PartnerFiles, catalogue: Catalogue,
        surroundings: Surroundings
    ) {
        self.files = files
        self.exchange = exchange
        self.catalogue = catalogue
        self.surroundings = surroundings
    }

    /// Delivers every date up to `date`, each partner's in order, partners side by side.
    package func run(through date: BusinessDate) async throws -> [Undelivered] {
        try await withThrowingTaskGroup(of: Undelivered?.self) { group in
            for partner in catalogue.partners {
                group.addTask { try await deliver(to: partner.party, through: date) }
            }
            var undelivered: [Undelivered] = []
            for try await missing in group {
                if let missing { undelivered.append(missing) }
            }
            return undelivered.sorted { $0.party < $1.party }
        }
    }

    /// Stops at the first date that cannot be handed over: a partner books dates in order.
    private func deliver(to party: PartyID, through date: BusinessDate) async throws
        -> Undelivered?
    {
        for day in try await files.undelivered(to: party, through: date) {
            let kept = try await files.kept(for: party, on: day)
            // The manifest goes first: with it the partner knows what to wait for.
            for batch in [kept.prefix(1), kept.dropFirst()] {
                if let refused = await put(Array(batch), to: party, on: day) { return refused }
            }
            try await files.markDelivered(to: party, on: day)
        }
        return nil
    }

    /// Hands over files side by side; the first in their order that was not taken, if any.
    private func put(_ batch: [FileContent], to party: PartyID, on day: BusinessDate) async
        -> Undelivered?
    {
        await withTaskGroup(of: (Int, FileAnswer).self) { group in
            var waiting = batch.enumerated().makeIterator()
            func start() {
                guard let (index, file) = waiting.next() else { return }
                group.addTask { (index, await exchange.put(file, to: party, on: day)) }
            }
            for _ in 0..<Deliver.inFlight { start() }
            var refused: [Int: FileAnswer] = [:]
            for await (index, answer) in group {
                if answer != .stored { refused[index] = answer }
                surroundings.crashPoint(.deliveryAfterFile)
                if refused.isEmpty { start() }
            }
            return refused.min { $0.key < $1.key }.map {
                Undelivered(party: party, date: day, file: batch[$0.key].name, answer: $0.value)
            }
        }
    }

    /// Files on their way to one partner at once.
    private static let inFlight = 6
}

/// A file that a partner has not taken.
package struct Undelivered: Hashable, Sendable {
    package let party: PartyID
    package let date: BusinessDate
    package let file: String
    package let answer: FileAnswer

    package init(party: PartyID, date: BusinessDate, file: String, answer: FileAnswer) {
        self.party = party
        self.date = date
        self.file = file
        self.answer = answer
    }
}
