/// What of a loan a limit may ask for.
package enum LimitDimension: String, Sendable, CaseIterable {
    case borrower
    case region
    case grade
    case product
}

extension LimitDimension: Comparable {
    /// In the order of the cases.
    package static func < (left: LimitDimension, right: LimitDimension) -> Bool {
        left.place < right.place
    }

    private var place: Int {
        switch self {
        case .borrower: 0
        case .region: 1
        case .grade: 2
        case .product: 3
        }
    }
}

/// Which of a lender's shares count together.
package enum LimitScope: Hashable, Sendable {
    case all
    /// A limit for each value by itself. What is counted under it is all of them together: where
    /// that has a row, a value without one has nothing.
    case each(LimitDimension)
    /// Those of one value; empty where loans say none.
    case one(LimitDimension, String)

    /// What is told apart; nil where nothing is.
    package var dimension: LimitDimension? {
        switch self {
        case .all: nil
        case .each(let dimension), .one(let dimension, _): dimension
        }
    }

    /// The one value that counts; nil where all do.
    package var subject: String? {
        if case .one(_, let subject) = self { subject } else { nil }
    }
}

extension LimitScope: Comparable {
    /// All, then each dimension with its values behind it: what tells whether values are counted
    /// is locked before they are.
    package static func < (left: LimitScope, right: LimitScope) -> Bool {
        left.place < right.place
    }

    private var place: (Int, LimitDimension, Int, String) {
        switch self {
        case .all: (0, .borrower, 0, "")
        case .each(let dimension): (1, dimension, 0, "")
        case .one(let dimension, let subject): (1, dimension, 1, subject)
        }
    }
}

/// What loans say of the dimensions of limits; nil of what no limit asks for.
package struct LoanTraits: Hashable, Sendable {
    private var borrower: String?
    private var region: String?
    private var grade: String?
    private var product: String?

    /// Nothing, so that no dimension is counted.
    package init() {}

    package init(borrower: String, region: String, grade: String, product: String) {
        self.borrower = borrower
        self.region = region
        self.grade = grade
        self.product = product
    }

    /// The same as far as it is asked for.
    package func only(_ dimensions: Set<LimitDimension>) -> LoanTraits {
        var traits = LoanTraits()
        for dimension in dimensions { traits[dimension] = self[dimension] }
        return traits
    }

    /// What the loan says of a dimension; nil where nothing asks for it.
    package subscript(_ dimension: LimitDimension) -> String? {
        get {
            switch dimension {
            case .borrower: borrower
            case .region: region
            case .grade: grade
            case .product: product
            }
        }
        set {
            switch dimension {
            case .borrower: borrower = newValue
            case .region: region = newValue
            case .grade: grade = newValue
            case .product: product = newValue
            }
        }
    }

    /// Where a share of such a loan counts beside the shares of all loans.
    var scopes: [LimitScope] {
        LimitDimension.allCases.flatMap { dimension -> [LimitScope] in
            self[dimension].map { [.each(dimension), .one(dimension, $0)] } ?? []
        }
    }
}

extension Applicant {
    /// What limits may ask for.
    package var traits: LoanTraits {
        LoanTraits(borrower: borrower, region: region, grade: grade, product: product)
    }
}
