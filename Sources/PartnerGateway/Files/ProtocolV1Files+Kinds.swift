// The files about what moves no money by itself: plans, parts, accruals, statuses, fees.

internal import BusinessCalendar
internal import LendingRules
internal import Operations
internal import Reconciling

extension ProtocolV1Files {
    func inFlight(_ lines: [InFlightLine]) -> DetailFileWriter {
        var file = DetailFileWriter(
            .inFlight, columns: ["request_key", "loan_id", "principal", "currency"])
        for line in lines {
            file.row([line.requestKey, line.loan.text], [line.principal], line.currency, [])
        }
        return file
    }

    func plans(_ lines: [PlanLine]) -> DetailFileWriter {
        var file = DetailFileWriter(
            .instalmentPlan,
            columns: [
                "loan_id", "instalment", "due_date", "principal", "interest", "fee", "currency",
            ])
        for line in lines {
            file.row(
                [line.loan.text, String(line.share.number), line.share.dueOn.description],
                [line.share.principal, line.share.interest, line.share.fee], line.currency, [])
        }
        return file
    }

    func parts(_ lines: [PartLine]) -> DetailFileWriter {
        var file = DetailFileWriter(
            .repaymentsByInstalment,
            columns: [
                "payment_id", "loan_id", "instalment", "principal", "overdue_principal",
                "interest", "overdue_interest", "penalty", "fee", "service_fee", "currency",
            ])
        for line in lines {
            let (part, amounts) = (line.part, line.part.components)
            file.row(
                [part.line, part.loan.text, String(part.instalment)],
                [
                    amounts.principal, amounts.overduePrincipal, amounts.interest,
                    amounts.overdueInterest, amounts.allPenalty, amounts.fee, part.serviceFee,
                ], line.currency, [])
        }
        return file
    }

    func accruals(_ lines: [LenderBalance]) -> DetailFileWriter {
        var file = DetailFileWriter(
            .accruals,
            columns: ["loan_id", "interest", "penalty_principal", "penalty_interest", "currency"])
        for line in lines {
            file.row(
                [line.loan.text],
                [line.accrual.interest, line.accrual.penalty, line.accrual.penaltyOnInterest],
                line.currency, [])
        }
        return file
    }

    func statusChanges(_ detail: DetailLines) -> DetailFileWriter {
        var file = DetailFileWriter(
            .statusChanges, columns: ["loan_id", "from", "to", "dpd", "class", "accrual"])
        for line in detail.statusChanges {
            file.row([
                line.loan.text, line.from.rawValue, line.to.rawValue, String(line.daysPastDue),
                detail.className(of: line.loan, daysPastDue: line.daysPastDue),
                line.accrual.rawValue,
            ])
        }
        return file
    }

    /// Our service fees, tax apart.
    func fees(_ lines: [FeeLine]) -> DetailFileWriter {
        var file = DetailFileWriter(
            .fees, columns: ["fact_id", "kind", "net", "tax", "gross", "currency"])
        for line in lines {
            file.row(
                [line.id, "service-fee"], [line.net, line.tax, line.gross], line.currency, [])
        }
        return file
    }
}
