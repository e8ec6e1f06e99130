import Monetary

extension ChannelDay {
    /// The finding of a difference; `isReal` is nil before the transfer has come.
    ///
    /// - Parameter ordinal: from 1 among those of one payment and kind.
    func finding(
        _ difference: ChannelDifference, isReal: Bool?, ordinal: Int
    ) throws(ReconcilingError) -> CashFinding {
        let cause = difference.cause(isReal: isReal)
        let name = FileLayout.channel.name
        var amounts: [CashFinding.Amount] = []
        for amount in difference.amounts {
            guard let units = Int64(exactly: amount.difference) else {
                throw .differenceOverflows(
                    file: name, key: [difference.payment], column: amount.column)
            }
            amounts.append(CashFinding.Amount(amount.column, units))
        }
        let ours = difference.ours.map { words($0) } ?? ""
        let theirs = difference.theirs.map { words($0) } ?? ""
        let magnitude = amounts.map(\.minorUnits.magnitude).max() ?? 0
        return CashFinding(
            file: name, kind: difference.kind, key: [difference.payment], ordinal: ordinal,
            loan: difference.ours?.loan ?? "", cause: cause,
            sentence: "\(name) \(difference.payment), \(difference.kind.rawValue): "
                + "ours \(ours.isEmpty ? "none" : ours), "
                + "theirs \(theirs.isEmpty ? "none" : theirs); likely cause: "
                + explanation(cause, hasArrived: isReal != nil),
            rule: difference.rule(hasArrived: isReal != nil),
            severity: SeverityTable.standard.severity(
                of: difference.kind, magnitude: magnitude, isCurrency: difference.kind == .field),
            currency: difference.currency, differences: amounts, ours: ours, theirs: theirs,
            theirLine: difference.theirs?.line ?? 0, isResolved: isReal == false)
    }

    private func words(_ payment: CollectedPayment) -> String {
        let charge = fee.amount(of: payment.amount)
        return text([payment.amount, charge, payment.amount - charge], payment.currency)
    }

    private func words(_ line: Record) -> String { text(line.amounts, line.currency) }

    private func text(_ amounts: [Int64], _ currency: Currency) -> String {
        zip(["gross", "fee", "net"], amounts)
            .map { "\($0) \(AmountText.format($1, decimals: currency.exponent))" }
            .joined(separator: " ") + " \(currency)"
    }

    private func explanation(_ cause: Cause, hasArrived: Bool) -> String {
        switch cause {
        case .missingAtChannel where hasArrived:
            "\(channel) has neither the payment nor its money"
        case .missingAtChannel: "\(channel) does not have the payment; its transfer will tell"
        case .leftOutOfFile: "\(channel) left it out of the file, its money came"
        case .notBookedByUs: "\(channel) collected it, and we have no such payment"
        case .strayLine: "in \(channel)'s file alone, no money came for it"
        case .bookedTwice: "\(channel) collected it twice, the money came twice"
        case .writtenTwice: "written twice by \(channel), its money counts once"
        case .feeDiffers: "\(channel) kept another fee than agreed"
        case .bookedDifferently: "\(channel) collected another amount, the money says so too"
        case .misprinted: "misprinted in the file, the money is right"
        case .otherCurrency: "collected or printed in another currency"
        default: "unknown, nothing explains it"
        }
    }
}

extension ChannelDifference {
    /// The cause under a reading; the usual one while the transfer is under way.
    func cause(isReal: Bool?) -> Cause {
        switch kind {
        case .oursOnly: isReal == false ? .leftOutOfFile : .missingAtChannel
        case .theirsOnly: isReal == false ? .strayLine : .notBookedByUs
        case .duplicateTheirs: isReal == true ? .bookedTwice : .writtenTwice
        case .field: .otherCurrency
        case .amount where isFeeOnly: isReal == false ? .misprinted : .feeDiffers
        default: isReal == true ? .bookedDifferently : .misprinted
        }
    }

    func rule(hasArrived: Bool) -> String {
        hasArrived
            ? "the transfer tells whether the money differs or only the file"
            : "until the transfer has come, a difference is read as such differences usually are"
    }
}
