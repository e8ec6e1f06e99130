import BusinessCalendar

// Payments taken back: facts as if they had never come.

extension [LoanFact] {
    /// Payments that facts booked on a date take back.
    func reversedPayments(bookedOn date: BusinessDate) -> [LoanFact] {
        let ids = Set(compactMap { $0.bookingDate == date ? $0.reversed : nil })
        return ids.isEmpty ? [] : filter { ids.contains($0.id) }
    }

    /// Payments that are taken back, on any date: what revived of an earlier one and had been paid
    /// by the next may be there only now.
    var reversedPayments: [LoanFact] {
        let ids = Set(compactMap(\.reversed))
        return filter { ids.contains($0.id) }
    }

    /// Without payments that are taken back, on any date, and what takes them back.
    var asIfReversedNeverCame: [LoanFact] {
        let reversed = Set(compactMap(\.reversed))
        return filter { !reversed.contains($0.id) && $0.reversed == nil }
    }
}

extension LoanFact {
    /// The payment that it takes back; nil for a fact of another kind.
    fileprivate var reversed: String? {
        if case .reversal(let payment) = kind { payment } else { nil }
    }

    /// Whether it corrects a decision because of a payment taken back; what people correct does
    /// not.
    var isRevival: Bool {
        guard let corrected = correctedDecision, !corrected.isEmpty else { return false }
        return id.split(separator: ".").dropLast().last?.hasPrefix(LossDecision.revival) == true
    }
}
