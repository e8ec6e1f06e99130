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
            for file in try await files.kept(for: party, on: day) {
                let answer = await exchange.put(file, to: party, on: day)
                if answer != .stored {
                    return Undelivered(party: party, date: day, file: file.name, answer: answer)
                }
                surroundings.crashPoint(.deliveryAfterFile)
            }
            try await files.markDelivered(to: party, on: day)
        }
        return nil
    }
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
