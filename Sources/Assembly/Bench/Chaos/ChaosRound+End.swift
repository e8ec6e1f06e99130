import BusinessCalendar
import Foundation
import LendingRules
import Operations
import PartnerGateway
import Reconciling

/// Faults are over: doubts are resolved, the last dates closed and both sides' books compared.
extension ChaosRound {
    /// What is in doubt is asked about until asking changes nothing any more.
    func calm() async throws {
        for house in houses { try await house.behave() }
        var earlier: [HeldRequest] = []
        for _ in 0..<20 {
            try await fundOnce()
            let open = try await requests().filter { !ChaosShare($0).isDecided }
            let isSame =
                open.map(\.request.key) == earlier.map(\.request.key)
                && open.map(\.state) == earlier.map(\.state)
            if open.isEmpty || isSame { break }
            earlier = open
        }
        for bank in banks { try await waitForCallbacks(of: bank) }
        try await fundOnce()
    }

    private func waitForCallbacks(of bank: ChaosHouse) async throws {
        for _ in 0..<3_000 {
            if try await bank.waitingCallbacks() == 0 { return }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// The last evening and the morning after: what a bank did with the money shows in its files.
    /// Where borrowers are paid over a channel, it goes on until what came back is booked.
    func closeLastDates() async throws {
        let last = ChaosPlan.dates - 1
        try await close(on: last)
        if let channel {
            for date in last + 1...last + 5 {
                let returned = try await bookReturns(on: Self.firstDate.adding(days: date))
                try await close(on: date)
                let due = try await channel.payouts().count { $0.isPaid && $0.isReturned }
                if returned >= due { break }
            }
        }
        await platform.stop()
        _ = try await withApplication { try await $0.reconcile(again: false, by: nil) }
        try await platform.verify()
    }

    /// Payouts that the statement shows to be back become facts; answers how many are by now.
    private func bookReturns(on date: BusinessDate) async throws -> Int {
        let open = try await withApplication {
            try await $0.stores.breaks.breaks(party: nil, state: .open)
        }
        let loans = Set(open.filter { $0.cause == .payoutReturned }.map(\.loan))
        if !loans.isEmpty {
            let facts = loans.map { DemoFact("payout-returned", $0, on: date) }
            let file = "\(ground.path)/facts-\(date).ndjson"
            try OutputFile.write(DemoFact.file(of: facts), to: file)
            _ = try await Application.importFacts(file, ground.launch)
        }
        return try await withApplication {
            try await $0.stores.audit.payouts().count {
                $0.held.state == .disbursed && $0.loanState == .payoutFailed
            }
        }
    }

    func compare() async throws {
        try await falsify()
        var theirs: [ChaosShare] = []
        var mistakes: [String: String] = [:]
        for house in houses {
            for entry in try await house.journal("fault") {
                guard let name = entry["rule"]?.text ?? entry["fault"]?.text else { continue }
                outcome.faults[name, default: 0] += 1
                if ChaosFaults.explaining.contains(name), let key = entry["key"]?.text {
                    mistakes[key] = name
                }
            }
            for entry in try await house.journal("replayed-nonce") {
                outcome.note("\(entry["key"]?.text ?? ""): the same signed request came twice")
            }
        }
        for bank in banks { theirs += try await bank.book() }
        try await countDaysOff()
        let payouts = try await channel?.payouts()
        let (ours, named, lines) = try await withApplication { application in
            (
                try await application.stores.audit.requests(), try await application.namedKeys(),
                try await application.stores.loans.loans(after: nil, limit: .max)
            )
        }
        outcome.countTurns(ours, theirs, overnight: overnight, payouts: payouts ?? [])
        let disbursed = Set(lines.filter { $0.state == .disbursed }.map(\.record.loan.text))
        let all = waves.flatMap(\.self)
        countRequests(ours, all)
        for loan in all where disbursed.contains(loan.id) {
            outcome.turn("disbursed-\(loan.agreement.way.rawValue)", 1)
        }
        let comparison = ChaosComparison(
            ours: ours.map { ChaosShare($0) }, theirs: theirs, mistakes: mistakes, named: named,
            loans: .init(
                all, disbursed: disbursed, payouts: payouts, banks: banks.map(\.name)))
        for difference in comparison.differences { outcome.note(difference) }
    }

    /// Every loan has asked the banks of its agreement, each at least once.
    private func countRequests(_ ours: [HeldRequest], _ loans: [ChaosLoan]) {
        let asked = Dictionary(grouping: ours, by: \.request.loan.text).mapValues(\.count)
        for loan in loans {
            let (found, due) = (asked[loan.id] ?? 0, loan.agreement.requests)
            outcome.requests += min(found, due)
            if found < due { outcome.note("loan \(loan.id) asked \(found) banks of \(due)") }
        }
    }

    private func countDaysOff() async throws {
        guard plan.calendar != .open else { return }
        for bank in banks where bank.scenario.role == .post {
            for entry in try await bank.journal("answer") {
                for name in [ChaosFaults.holiday, ChaosFaults.cutOff]
                where entry["reason"]?.text?.hasPrefix("\(name):") ?? false {
                    outcome.faults[name, default: 0] += 1
                }
            }
        }
    }

    private func falsify() async throws {
        switch falsification {
        case .store:
            try await ChaosFalsifier.falsifyStore(ground.launch)
        case .bank:
            let kept = try await banks[0].book().last(where: \.isFunded).map(\.key) ?? ""
            try await falsifyLog(of: banks[0]) {
                $0.contains("\"kind\":\"decided\"") && $0.contains("\"key\":\"\(kept)\"")
            }
        case .channel:
            guard let channel else { return }
            let kept = try await channel.payouts().last { $0.kept > 0 }.map(\.loan) ?? ""
            try await falsifyLog(of: channel) {
                $0.contains("\"kind\":\"payout\"") && $0.contains("\"loan\":\"\(kept)\"")
            }
        case nil: break
        }
    }

    private func falsifyLog(of house: ChaosHouse, where fits: (String) -> Bool) async throws {
        await house.stop()
        try ChaosFalsifier.falsifyLog(house.log, where: fits)
        try await house.startAgain()
    }
}

extension Application {
    /// Keys of requests that people are told about: no answer came that fits, the bank contradicts
    /// what was decided, or its files differ.
    fileprivate func namedKeys() async throws -> Set<String> {
        let held = try await stores.audit.requests()
        var named = Set(held.filter { $0.state.isDoubtful }.map(\.request.key))
        named.formUnion(try await stores.callbacks.contradictions().map(\.key))
        let breaks = try await stores.breaks.breaks(party: nil, state: nil)
        let told = Set(breaks.filter { $0.cause != .unknown }.map { "\($0.loan) \($0.party.name)" })
        for one in held where told.contains("\(one.request.loan.text) \(one.request.party.name)") {
            named.insert(one.request.key)
        }
        return named
    }
}
