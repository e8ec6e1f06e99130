/// What a payment brought to one instalment.
package struct PaymentInstalment: Hashable, Sendable {
    /// From 1, as in the schedule.
    package let number: Int
    /// In agreement order.
    package var parts: [PaymentPart]

    package init(number: Int, parts: [PaymentPart]) {
        self.number = number
        self.parts = parts
    }
}

extension PaymentPosition {
    /// Adds to a lender's part of the payment and of one instalment of it.
    mutating func credit(
        _ lender: Int, instalment number: Int, _ add: (inout PaymentPart) -> Void
    ) {
        add(&parts[lender])
        if instalments.last?.number != number {
            instalments.append(
                PaymentInstalment(
                    number: number,
                    parts: [PaymentPart](repeating: PaymentPart(), count: parts.count)))
        }
        add(&instalments[instalments.count - 1].parts[lender])
    }

    /// What the payment brought to an instalment, in agreement order; nothing when it paid none.
    package func parts(ofInstalment number: Int) -> [PaymentPart] {
        var sum = [PaymentPart](repeating: PaymentPart(), count: parts.count)
        for instalment in instalments where instalment.number == number {
            for (lender, part) in instalment.parts.enumerated() {
                sum[lender].components += part.components
                sum[lender].serviceFee += part.serviceFee
            }
        }
        return sum
    }
}
