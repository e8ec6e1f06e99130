package import BusinessCalendar
package import LendingRules

/// Why the losses of a date cannot be shared.
package struct LossFault: CodedError, Hashable {
    package let date: BusinessDate
    package let error: LossError

    package init(date: BusinessDate, error: LossError) {
        self.date = date
        self.error = error
    }

    package var code: String { "LOSS-001" }

    package var sentence: String {
        let cause =
            switch error {
            case .amounts(let loan): "amounts of loan \(loan) exceed 64 bits"
            case .cover(let cover, let reason): "cover \(cover): \(reason)"
            case .repeated(let loan): "loan \(loan) stands twice"
            }
        return "the losses of \(date) cannot be shared: \(cause); nothing of the date is posted, "
            + "run `colend verify`"
    }

    package var exit: ExitKind { .failed }
}
