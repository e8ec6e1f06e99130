import BusinessCalendar
import Foundation
import LendingRules
import Operations

/// The days and evenings of a round.
extension ChaosRound {
    func fundOnce() async throws {
        try platform.startFunding()
        while platform.fundingEnded() == nil { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Runs `fund` until it has nothing left to do, and kills by the plan meanwhile.
    ///
    /// - Parameter untilPlanEnds: What is left of the plan meets a platform with less to do;
    ///   otherwise it stays for another day, and so does what a silent house leaves undone.
    func disturb(untilPlanEnds: Bool) async throws {
        var isIdle = false
        var runs = 0
        try platform.startFunding()
        while true {
            if let kill = kills.first, isIdle || lines.count() >= kill.atLine {
                kills.removeFirst()
                try await strike(kill.victim)
                isIdle = false
            } else if let ending = platform.fundingEnded() {
                let hasWorked = ending == 0 || ending == 2
                runs += 1
                if untilPlanEnds ? kills.isEmpty : hasWorked || runs > Self.mostRuns { return }
                isIdle = untilPlanEnds && hasWorked
                try platform.startFunding()
            } else {
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }

    /// Runs of `fund` in one part of a day that leave something unsent.
    private static let mostRuns = 4

    private func strike(_ victim: ChaosPlan.Victim) async throws {
        switch victim {
        case .serve where platform.isServing:
            outcome.kills["serve", default: 0] += 1
            try await platform.restartServing()
        case .house(let place, let tearsLog):
            let house = houses[place]
            outcome.kills[place < banks.count ? "bank" : "channel", default: 0] += 1
            try await house.restart(tearsLog: tearsLog)
        case .fund, .serve, .close:
            if platform.fundingEnded() != nil { try platform.startFunding() }
            if try await platform.killFunding() { outcome.kills["fund", default: 0] += 1 }
            try platform.startFunding()
        }
    }

    /// The evening of a date, from 0: some houses fall silent, nobody takes callbacks, and what is
    /// asked for then stays in doubt over the close.
    func rest(on date: Int) async throws {
        try await silence(plan.silences(onEveningOf: date), isOn: true)
        try await platform.endServing()
        try await book(waves[2 * date + 1][...])
        try await disturb(untilPlanEnds: false)
        try await close(on: date)
        try await noteOvernight()
    }

    /// The morning of a date, from 1: most houses answer again; what others were asked for is given
    /// up before they do.
    func wake(on date: Int) async throws {
        let silences = plan.silences(onEveningOf: date - 1)
        try await silence(silences.filter { !$0.outlastsDeadline }, isOn: false)
        try await platform.startServing()
        try await fundOnce()
        try await silence(silences.filter(\.outlastsDeadline), isOn: false)
    }

    private func silence(_ silences: [ChaosPlan.Silence], isOn: Bool) async throws {
        for silence in silences {
            let house = houses[silence.place]
            try await house.turn(ChaosFaults.silence(house.scenario.role), isOn: isOn)
        }
    }

    /// Closes a date under whatever kills are due, and lets the next one begin everywhere.
    func close(on date: Int) async throws {
        let due = date == ChaosPlan.dates - 1 ? .max : lines.count()
        let ends = closeKills.filter { $0.atLine <= due }.map { $0.atLine % 80 }
        closeKills.removeAll { $0.atLine <= due }
        let day = Self.firstDate.adding(days: date)
        let kills = try await platform.close(day, killedAt: ends, lines)
        if kills > 0 { outcome.kills["eod", default: 0] += kills }
        for house in houses { try await house.setClock(day.adding(days: 1)) }
    }

    private func noteOvernight() async throws {
        let open = try await requests().filter { !ChaosShare($0).isDecided }
        overnight.formUnion(open.map(\.request.key))
        outcome.turn("open-overnight", open.count)
        guard channel != nil else { return }
        let payouts = try await withApplication { try await $0.stores.audit.payouts() }
        outcome.turn(
            "payout-in-doubt-overnight", payouts.count { $0.held.state == .inDoubt })
    }
}
