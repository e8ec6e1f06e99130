package import BusinessCalendar
package import LendingRules

/// One file of a change, as it shall be.
package struct ChangedFile: Hashable, Sendable {
    /// Below the configuration directory, such as `agreements/trio.yaml`.
    package let path: String
    /// Nil where the file is taken away.
    package let text: String?
    /// SHA-256 of the text that the change starts from, in hexadecimal; empty where there is none.
    package let base: String

    package init(path: String, text: String?, base: String) {
        self.path = path
        self.text = text
        self.base = base
    }
}

/// One setting that has another value after a change.
package struct ChangedSetting: Hashable, Sendable {
    /// Such as `agreement trio` or `party harbor`.
    package let object: String
    /// Elements of lists by name: `lenders[harbor].share`.
    package let key: String
    /// Nil where the setting is not there.
    package let old: String?
    package let new: String?
    /// The first business date on which it holds; nil is at once.
    package let from: String?
    /// The first date on which it holds no longer, where a later version undoes it.
    package let until: String?
    /// In order of name.
    package let parties: [String]
    package let products: [String]

    package init(
        object: String, key: String, old: String?, new: String?, from: String? = nil,
        until: String? = nil, parties: [String] = [], products: [String] = []
    ) {
        self.object = object
        self.key = key
        self.old = old
        self.new = new
        self.from = from
        self.until = until
        self.parties = parties
        self.products = products
    }
}

/// What a person wants changed, before it has a number.
package struct ProposedChange: Hashable, Sendable {
    package let proposer: String
    package let reason: String
    /// In order of path.
    package let files: [ChangedFile]
    /// What they change, as `config diff` tells it.
    package let settings: [ChangedSetting]

    package init(
        proposer: String, reason: String, files: [ChangedFile], settings: [ChangedSetting]
    ) {
        self.proposer = proposer
        self.reason = reason
        self.files = files
        self.settings = settings
    }
}

/// A change of the configuration with who wanted it and what became of it.
package struct ConfigurationChange: Hashable, Sendable {
    /// From 1.
    package let number: Int
    package let state: ChangeState
    package let proposed: ProposedChange
    /// The open business date.
    package let proposedOn: BusinessDate
    /// Who approved or rejected it, and on which open date.
    package let decider: String?
    package let decidedOn: BusinessDate?
    /// Why it was approved or rejected.
    package let answer: String
    /// Wall times in UTC microseconds since 1970, for people's eyes.
    package let proposedAt: Int64
    package let decidedAt: Int64?

    package init(
        number: Int, state: ChangeState, proposed: ProposedChange, proposedOn: BusinessDate,
        decider: String? = nil, decidedOn: BusinessDate? = nil, answer: String = "",
        proposedAt: Int64, decidedAt: Int64? = nil
    ) {
        self.number = number
        self.state = state
        self.proposed = proposed
        self.proposedOn = proposedOn
        self.decider = decider
        self.decidedOn = decidedOn
        self.answer = answer
        self.proposedAt = proposedAt
        self.decidedAt = decidedAt
    }

    /// The same after an event.
    func after(_ machine: ChangeMachine, answer: String) -> ConfigurationChange {
        ConfigurationChange(
            number: number, state: machine.state, proposed: proposed, proposedOn: proposedOn,
            decider: machine.decider, decidedOn: decidedOn, answer: answer,
            proposedAt: proposedAt, decidedAt: decidedAt)
    }
}

extension ChangeState {
    /// Whether the configuration is another, or about to be, because of it.
    package var counts: Bool { self == .approved || self == .inForce || self == .adopted }
}
