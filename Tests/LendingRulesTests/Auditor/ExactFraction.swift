/// A non-negative fraction of whole numbers, as taught at school: nothing of the rules is used.
struct ExactFraction {
    let over: Int128
    let under: Int128

    init(_ over: Int128, _ under: Int128) {
        precondition(over >= 0 && under > 0, "the auditor's fractions are not negative")
        var (larger, smaller) = (under, over)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        self.over = over / larger
        self.under = under / larger
    }

    static let zero = ExactFraction(0, 1)

    static func + (left: ExactFraction, right: ExactFraction) -> ExactFraction {
        if left.under == right.under {
            return ExactFraction(left.over + right.over, left.under)
        }
        return ExactFraction(
            left.over * right.under + right.over * left.under, left.under * right.under)
    }

    static func * (left: ExactFraction, right: ExactFraction) -> ExactFraction {
        ExactFraction(left.over * right.over, left.under * right.under)
    }

    /// The whole number a rounding by name makes of it.
    func rounded(_ name: String) -> Int {
        let floor = over / under
        let isExact = floor * under == over
        // Twice the rest against the whole: above, on or below the middle.
        let middle = 2 * (over - floor * under) - under
        let grows: Bool
        switch name {
        case "down": grows = false
        case "up": grows = !isExact
        case "half-up": grows = middle >= 0
        case "half-even": grows = middle > 0 || (middle == 0 && floor % 2 == 1)
        default: preconditionFailure("the auditor knows no rounding \(name)")
        }
        return Int(floor) + (grows ? 1 : 0)
    }
}
