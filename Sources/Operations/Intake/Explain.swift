package import BusinessCalendar
package import LendingRules

/// Where limits and routes stand when a loan would be booked.
package struct IntakeStanding: Sendable {
    package let date: BusinessDate
    package let limits: [Limit]
    package let used: [LimitSlot: Int64]
    package let volumes: [RouteSlot: Int64]

    package init(
        date: BusinessDate, limits: [Limit] = [], used: [LimitSlot: Int64] = [:],
        volumes: [RouteSlot: Int64] = [:]
    ) {
        self.date = date
        self.limits = limits
        self.used = used
        self.volumes = volumes
    }
}

extension LoanIntakeStore {
    /// Where limits and routes stand on a date, or on the open one.
    package func standing(of catalogue: Catalogue, on asked: BusinessDate?) async throws
        -> IntakeStanding
    {
        var date = try await openDate()
        if let asked { date = asked }
        let limits = try await limits(of: catalogue, on: date)
        let slots = catalogue.routeSlots(on: date)
        return IntakeStanding(
            date: date, limits: limits,
            used: limits.isEmpty ? [:] : try await used(of: limits, on: date),
            volumes: slots.isEmpty ? [:] : try await volumes(of: slots))
    }
}

/// Says how it would be decided who lends a loan; books nothing.
///
/// The same reading, checks and funding as an import's, so that the two cannot differ.
package struct Explain: Sendable {
    let catalogue: Catalogue
    private let surroundings: Surroundings
    private let cutOff: CutOff

    package init(catalogue: Catalogue, surroundings: Surroundings, cutOff: CutOff) {
        self.catalogue = catalogue
        self.surroundings = surroundings
        self.cutOff = cutOff
    }

    /// Explains the one record of a table, with the columns of a loans import.
    ///
    /// - Throws: ``ImportRefused`` when it is no record of loans at all.
    package func run(_ table: ImportTable, at standing: IntakeStanding) throws -> Explanation {
        let columns = try table.columnIndex(
            required: LoanImport.requiredColumns, optional: LoanImport.optionalColumns)
        var desk = ApprovalDesk(
            catalogue: catalogue, known: [:], date: standing.date, cutOff: cutOff,
            surroundings: surroundings)
        for row in table.rows {
            desk.take(
                RecordReader(file: table.file, columns: columns, row: row, idColumn: "loan_id"))
        }
        var explanation = Explanation(date: standing.date)
        explanation.faults = desk.faults
        explanation.line = desk.openings.first
        guard let booking = desk.bookings.first,
            let chosen = catalogue.agreements.first(where: {
                $0.version == booking.record.agreementVersion
                    && $0.terms.name == booking.record.agreement
            })
        else { return explanation }
        explanation.loan = booking.record
        explanation.agreement = chosen
        explanation.passedOver = passedOver(booking.record, standing.date)
        fund(booking, by: chosen.terms, standing, &explanation)
        return explanation
    }

    private func fund(
        _ booking: LoanBooking, by agreement: Agreement, _ standing: IntakeStanding,
        _ explanation: inout Explanation
    ) {
        var run = FundingRun(
            limits: LimitUse(limits: standing.limits, used: standing.used),
            volumes: standing.volumes, book: catalogue.rules, isTracing: true)
        let asking = booking.open?.loan ?? applicant(booking.record, agreement)
        explanation.applicant = asking
        do throws(FundingRefusal) {
            explanation.plan = try run.decide(asking, by: agreement).plan
        } catch {
            explanation.refusals = error.faults(of: booking.record).map {
                Explanation.Refusal(code: $0.code, because: $0.what)
            }
        }
        explanation.trace = run.trace
        explanation.limits = steps(of: run.limits, agreement, asking, standing)
    }

    /// What a booking asks of a loan whose lenders have fixed shares.
    private func applicant(_ loan: LoanRecord, _ agreement: Agreement) -> Applicant {
        guard let product = catalogue.product(loan.product, on: loan.bookedOn)?.terms,
            let schedule = try? Schedule.build(
                loan.scheduleTerms(product, disbursedOn: loan.bookedOn))
        else { return Applicant(loan) }
        return Applicant(loan, schedule, under: agreement, catalogue.rules)
    }

    /// The limits that count shares of those who may lend it, before and after.
    private func steps(
        of use: LimitUse, _ agreement: Agreement, _ loan: Applicant, _ standing: IntakeStanding
    ) -> [Explanation.LimitStep] {
        let table = LimitTable(standing.limits)
        let drawsReserve = agreement.disbursement == .reserve
        let slots = agreement.lenders.flatMap { lender in
            LimitedShares(
                agreement: agreement.name, party: lender.party, currency: agreement.currency,
                bookedOn: loan.bookedOn, drawsReserve: drawsReserve, traits: loan.traits
            ).slots
        }
        return Set(slots).sorted().flatMap { slot in
            table.of(slot.key).map { limit in
                let before = standing.used[slot] ?? 0
                return Explanation.LimitStep(
                    limit: limit, slot: slot, ceiling: use.ceiling(of: limit, slot),
                    before: before, after: before + (use.taken[slot] ?? 0))
            }
        }
    }

    /// Agreements in force that do not take it, and why.
    private func passedOver(_ loan: LoanRecord, _ date: BusinessDate) -> [Explanation.PassedOver] {
        catalogue.agreements.compactMap { version in
            let terms = version.terms
            let because: String
            if terms.name == loan.agreement, version.version == loan.agreementVersion {
                return nil
            } else if terms.effectiveFrom > date {
                because = "takes effect on \(terms.effectiveFrom)"
            } else if !catalogue.agreements(on: date).contains(where: {
                $0.terms.name == terms.name && $0.terms.effectiveFrom == terms.effectiveFrom
            }) {
                because = "a later version is in force"
            } else if !terms.products.contains(loan.product) {
                because = "does not take \(loan.product)"
            } else if terms.currency != loan.currency {
                because = "lends in \(terms.currency)"
            } else {
                because = "the loan names \(loan.agreement)"
            }
            return Explanation.PassedOver(
                agreement: terms.name, effectiveFrom: terms.effectiveFrom, because: because)
        }
    }
}

/// How it would be decided who lends a loan.
package struct Explanation: Sendable {
    package let date: BusinessDate
    /// What is wrong with the record itself; then nothing is decided.
    package internal(set) var faults: [ImportFault] = []
    /// The line of credit that the record opens; nobody lends before something is drawn.
    package internal(set) var line: LineRecord?
    package internal(set) var loan: LoanRecord?
    /// The loan as funding looks at it.
    package internal(set) var applicant: Applicant?
    package internal(set) var agreement: Versioned<Agreement>?
    package internal(set) var passedOver: [PassedOver] = []
    package internal(set) var trace: FundingTrace?
    package internal(set) var limits: [LimitStep] = []
    /// Who lends it; nil when nobody does.
    package internal(set) var plan: SharePlan?
    package internal(set) var refusals: [Refusal] = []

    init(date: BusinessDate) { self.date = date }

    /// An agreement that does not take the loan.
    package struct PassedOver: Hashable, Sendable {
        package let agreement: String
        package let effectiveFrom: BusinessDate
        package let because: String
    }

    /// A limit on the way.
    package struct LimitStep: Hashable, Sendable {
        package let limit: Limit
        package let slot: LimitSlot
        /// Minor units, as the rest; of a part of something what it comes to with the loan.
        package let ceiling: Int64
        package let before: Int64
        package let after: Int64
    }

    /// Why nobody lends it.
    package struct Refusal: Hashable, Sendable {
        package let code: String
        package let because: String
    }
}
