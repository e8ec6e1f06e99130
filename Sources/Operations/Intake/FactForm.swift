import LendingRules

/// What one kind of fact says about a loan: its fields and, where a kind has several forms, the
/// choice that tells them apart. Every value is a text; amounts are decimal numbers.
package struct FactForm: Hashable, Sendable {
    /// A field whose value decides which other fields there are.
    package struct Choice: Hashable, Sendable {
        package let field: String
        package let values: [String]
    }

    package let kind: String
    /// What it means, one sentence.
    package let title: String
    package let choice: Choice?
    /// Fields that must be there besides the common ones and the choice.
    package let required: [String]
    /// Of these at least one must be there.
    package let anyOf: [String]
    /// These may be there.
    package let optional: [String]

    init(
        _ kind: String, _ title: String, choice: Choice? = nil, required: [String] = [],
        anyOf: [String] = [], optional: [String] = []
    ) {
        self.kind = kind
        self.title = title
        self.choice = choice
        self.required = required
        self.anyOf = anyOf
        self.optional = optional
    }

    /// Fields of every fact.
    package static let common = ["id", "kind", "loan", "valueDate", "at"]

    /// The fields that the form may have, in the order of the schema.
    package var fields: [String] {
        FactForm.common + (choice.map { [$0.field] } ?? []) + required + anyOf
            + optional
    }

    /// Kinds about a line of credit and what is lent under it.
    package static let ofLines = ["drawdown", "purchase", "purchase-refund", "conversion"]

    /// Kinds that the close of the value date decides.
    package static let ofCloses = ["compensation", "buy-back", "transfer", "decision-correction"]

    private static let components = ["principal", "interest", "penalty", "fee"]

    /// Every form that can be imported.
    package static let all: [FactForm] = [
        FactForm(
            "reversal", "A payment is undone as if it had never come.", required: ["reverses"]),
        FactForm(
            "chargeback", "The borrower's bank took a payment back, as if it had never come.",
            required: ["reverses"]),
        FactForm(
            "refund", "Waiting cash goes back to the borrower.",
            required: ["currency", "amount"]),
        FactForm(
            "waiver",
            "Claims that have fallen due are given up, by each holder or at one "
                + "party's cost.", required: ["currency", "borneBy"], anyOf: components),
        FactForm(
            "charge-off", "Everything that is left is written off; nothing accrues any more.",
            choice: Choice(field: "scope", values: ["full"])),
        FactForm(
            "charge-off", "Part of what has fallen due is written off.",
            choice: Choice(field: "scope", values: ["partial"]), required: ["currency"],
            anyOf: components),
        FactForm(
            "recovery", "Cash collected on what was written off.",
            required: ["currency", "amount"]),
        FactForm(
            "collection-cost", "What the platform spent on collecting.",
            required: ["currency", "amount"]),
        FactForm(
            "cancelled", "The borrower gives the loan back in the cooling-off period.",
            choice: Choice(field: "charge", values: ["none", "interest"])),
        FactForm(
            "cancelled", "The borrower gives the loan back in the cooling-off period, for a fee.",
            choice: Choice(field: "charge", values: ["fee"]), required: ["currency", "fee"]),
        FactForm("payout-failed", "The money never reached the borrower."),
        FactForm("payout-returned", "The borrower's bank sent the money back."),
        FactForm(
            "rate-change", "Another contract rate from the value date on.",
            required: ["annualRatePercent"]),
        FactForm(
            "due-date-change",
            "The next instalment falls due on another date, later ones count "
                + "from its day.", required: ["nextDueOn"]),
        FactForm(
            "extension", "What has not fallen due is spread over more instalments.",
            required: ["instalments"]),
        FactForm(
            "restructure",
            "All unpaid principal on a plan of its own; with `capitalise: yes` "
                + "what else is unpaid becomes principal.",
            choice: Choice(field: "capitalise", values: ["yes", "no"]),
            required: ["instalments"], optional: ["annualRatePercent", "firstDueOn"]),
        FactForm(
            "ratio-change",
            "The principal left is divided by other shares at the end of the value date, what has "
                + "accrued on it too (`record`) or not (`actuals`).",
            choice: Choice(
                field: "treatment", values: RatioChange.Treatment.allCases.map(\.rawValue)),
            required: ["shares"]),
        FactForm(
            "compensation",
            "A layer of the agreement pays lenders at the close of the value date what they lose.",
            required: ["layer"]),
        FactForm(
            "buy-back",
            "A holder's claims go back to another at the close of the value date, all of them or "
                + "a share, at a part of what they are (100% when nothing is said).",
            required: ["from", "to"], optional: ["share", "priceRatio", "ground"]),
        FactForm(
            "transfer",
            "A holder's claims go to another at the close of the value date, sold or in place of "
                + "those of another loan, the `ground`.",
            choice: Choice(field: "reason", values: ["sale", "substitution"]),
            required: ["from", "to"], optional: ["share", "priceRatio", "ground"]),
        FactForm(
            "decision-correction",
            "A recorded decision about claims or covers was wrong: the close of the value date "
                + "books what it should have been less what it was, of either sign.",
            required: ["decision", "currency"], anyOf: components),
        FactForm(
            "drawdown", "Money is drawn under a revolving line: a note `LINE.ID` is booked.",
            required: ["currency", "amount"], optional: ["instalments", "firstDueOn"]),
        FactForm(
            "purchase", "Something is bought under a pay-later line: a note `LINE.ID` is booked.",
            required: ["currency", "amount"], optional: ["instalments"]),
        FactForm(
            "purchase-refund", "A merchant gives money back for the purchase of this id.",
            required: ["purchase", "currency", "amount"]),
        FactForm(
            "conversion",
            "A purchase, or those on the statement that closed on a date, are paid in "
                + "instalments.", required: ["instalments"], anyOf: ["purchase", "statement"],
            optional: ["annualRatePercent"]),
    ]

    /// The kinds that can be imported, each once.
    package static let kinds = all.map(\.kind).reduce(into: [String]()) { kinds, kind in
        if !kinds.contains(kind) { kinds.append(kind) }
    }
}
