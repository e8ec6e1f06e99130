/// One lender's claims at the end of a day, or its part of an event, cents.
struct AuditedClaims: Equatable {
    var principal = 0
    var overduePrincipal = 0
    var interest = 0
    var overdueInterest = 0
    var penalty = 0
    var fees = 0

    /// Without fees, which the lender owes.
    var sum: Int { principal + overduePrincipal + interest + overdueInterest + penalty }
}

/// A loan at the end of a day.
struct AuditedDay: Equatable {
    var claims: [AuditedClaims]
    var unallocated = 0
    var daysPastDue = 0
    /// What each lender got of each payment in all.
    var received: [String: [Int]] = [:]
    /// What each lender gave up by each waiver and charge-off, or got of each recovery.
    var relief: [String: [AuditedClaims]] = [:]
    /// What is written off and has not come back.
    var memorandum: [Int]
    /// Cash of the house since the morning of the payout.
    var cash = 0
    /// Spent on collecting and not covered by what was collected.
    var openCosts = 0

    init(claims: [AuditedClaims]) {
        self.claims = claims
        memorandum = claims.map { _ in 0 }
    }
}
