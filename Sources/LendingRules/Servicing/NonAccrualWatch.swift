/// Whether a loan is in non-accrual, followed through its life (RULES § 3).
///
/// It is from the day on which it is more days past due than its terms allow until all arrears are
/// paid and, where the terms say so, some instalments after them on time.
struct NonAccrualWatch: Hashable {
    private(set) var isNonAccrual = false
    /// Instalments since the arrears were paid; nil while there are some.
    private var observed: Int?

    /// Days past due at the end of a day.
    mutating func see(daysPastDue: Int, _ terms: NonAccrualTerms) {
        guard daysPastDue > terms.afterDays, !isNonAccrual else { return }
        isNonAccrual = true
        observed = nil
    }

    /// The end of a day on which something happened.
    mutating func end(hasArrears: Bool, hasFallenDue: Bool, _ terms: NonAccrualTerms) {
        guard isNonAccrual else { return }
        if hasArrears {
            observed = nil
            return
        }
        if let instalments = observed {
            if hasFallenDue { observed = instalments + 1 }
        } else {
            observed = 0
        }
        if observed ?? 0 >= terms.observedInstalments { isNonAccrual = false }
    }
}
