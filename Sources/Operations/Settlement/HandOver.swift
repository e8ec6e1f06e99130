package import BusinessCalendar
package import LendingRules

/// Hands the instructions of each date to the bank of the account until it has taken them.
///
/// A date's file is what was instructed on it, told anew from the settlements. It only grows while
/// the date is open, and the bank carries each instruction out once, by its id: so the same file
/// again, or a larger one, does no harm.
package struct HandOver: Sendable {
    private let store: any InstructionStore
    private let exchange: any PartnerFiles
    private let format: any InstructionLayout
    private let clearing: Clearing
    private let surroundings: Surroundings

    package init(
        store: any InstructionStore, exchange: any PartnerFiles, format: any InstructionLayout,
        clearing: Clearing, surroundings: Surroundings
    ) {
        self.store = store
        self.exchange = exchange
        self.format = format
        self.clearing = clearing
        self.surroundings = surroundings
    }

    /// Hands over every date whose instructions the bank does not have, oldest first; stops at the
    /// first that it does not take.
    package func run() async throws -> [Undelivered] {
        for day in try await store.instructions() where clearing.from <= day.date {
            let file = format.render(day.instructions)
            let digest = surroundings.hash(file.bytes)
            if day.taken == digest { continue }
            surroundings.crashPoint(.settlementBeforeHandOver)
            let answer = await exchange.put(file, to: clearing.channel, on: day.date)
            guard answer == .stored else {
                return [
                    Undelivered(
                        party: clearing.account, date: day.date, file: file.name, answer: answer)
                ]
            }
            surroundings.crashPoint(.settlementAfterHandOver)
            try await store.markTaken(digest, on: day.date)
        }
        return []
    }
}

/// One transfer that the bank of the account is told to make, or to expect.
package struct Instruction: Hashable, Sendable {
    package let settlement: SettlementID
    /// Minor units; positive when the platform pays.
    package let amount: Int64

    package init(settlement: SettlementID, amount: Int64) {
        self.settlement = settlement
        self.amount = amount
    }
}

/// What was instructed on one date.
package struct InstructionDay: Hashable, Sendable {
    package let date: BusinessDate
    /// In id order.
    package let instructions: [Instruction]
    /// SHA-256 of the file that the bank has taken, or nil.
    package let taken: [UInt8]?

    package init(date: BusinessDate, instructions: [Instruction], taken: [UInt8]?) {
        self.date = date
        self.instructions = instructions
        self.taken = taken
    }
}

/// How instructions are written for the bank of the account.
package protocol InstructionLayout: Sendable {
    /// The file of a date, lines in the order given.
    func render(_ instructions: [Instruction]) -> FileContent
}

/// Instructions and what the bank has taken of them; each method is one transaction.
package protocol InstructionStore: Sendable {
    /// Dates with instructions, oldest first.
    func instructions() async throws -> [InstructionDay]
    /// Notes that the bank has taken a date's file with this SHA-256.
    func markTaken(_ digest: [UInt8], on date: BusinessDate) async throws
}
