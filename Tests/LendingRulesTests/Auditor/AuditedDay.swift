/// Where a cent that is owed stands.
enum AuditedBucket: Int, CaseIterable {
    case principal
    case overduePrincipal
    case interest
    case overdueInterest
    case penalty
    case penaltyOnInterest
    case fee
}

/// One lender's claims at the end of a day, or its part of an event, cents.
struct AuditedClaims: Equatable, CustomStringConvertible {
    private var cents = [Int](repeating: 0, count: AuditedBucket.allCases.count)

    subscript(bucket: AuditedBucket) -> Int {
        get { cents[bucket.rawValue] }
        set { cents[bucket.rawValue] = newValue }
    }

    var sum: Int { cents.reduce(0, +) }

    var description: String { "\(cents)" }

    static func - (left: AuditedClaims, right: AuditedClaims) -> AuditedClaims {
        var rest = left
        for bucket in AuditedBucket.allCases { rest[bucket] -= right[bucket] }
        return rest
    }
}

extension [AuditedClaims] {
    /// Adds cents to their owners' parts.
    mutating func add(_ cents: [Cent], _ bucket: AuditedBucket) {
        for cent in cents { self[cent.owner][bucket] += 1 }
    }
}

/// A loan at the end of a day; lists are in the order of the lenders.
struct AuditedDay: Equatable {
    var claims: [AuditedClaims]
    var unallocated = 0
    var daysPastDue = 0
    var isNonAccrual = false
    /// What each lender got of each payment, by bucket.
    var received: [String: [AuditedClaims]] = [:]
    /// What each lender gave up by each waiver and charge-off, got of each recovery or took over.
    var relief: [String: [AuditedClaims]] = [:]
    /// What is written off and has not come back.
    var memorandum: [Int]
    /// Spread that was ever accrued.
    var spread: [Int]
    /// Service fees by payer, in the order of the contract, taxes included.
    var serviceFees: [[Int]]
    /// Taxes on them altogether.
    var tax = 0
    /// Cash of the house since the morning of the payout.
    var cash = 0
    /// Spent on collecting and not covered by what was collected.
    var openCosts = 0

    init(lenders: Int, fees: Int) {
        claims = [AuditedClaims](repeating: AuditedClaims(), count: lenders)
        memorandum = claims.map { _ in 0 }
        spread = memorandum
        serviceFees = [[Int]](repeating: [Int](repeating: 0, count: fees), count: lenders)
    }

    /// The first thing in which two days differ, in words, or nil.
    func difference(from other: AuditedDay) -> String? {
        for ((name, one), (_, another)) in zip(words, other.words) where one != another {
            return "\(name) \(one) audited as \(another)"
        }
        return nil
    }

    private var words: [(String, String)] {
        func sorted(_ parts: [String: [AuditedClaims]]) -> String {
            parts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: ", ")
        }
        return [
            ("claims", "\(claims)"), ("unallocated", "\(unallocated)"),
            ("days past due", "\(daysPastDue)"), ("non-accrual", "\(isNonAccrual)"),
            ("received", sorted(received)), ("relief", sorted(relief)),
            ("memorandum", "\(memorandum)"), ("spread", "\(spread)"),
            ("service fees", "\(serviceFees)"), ("tax", "\(tax)"), ("cash", "\(cash)"),
            ("open costs", "\(openCosts)"),
        ]
    }
}
