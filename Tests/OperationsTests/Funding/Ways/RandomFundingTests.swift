import LendingRules
import Operations
import TestSupport
import Testing

/// Whatever banks, dates, callbacks and kills do, a loan is funded once or not at all.
struct RandomFundingTests {
    private static let count = 60

    @Test(arguments: 0..<6)
    func `a loan is disbursed by whoever holds its shares, or declined and held by nobody`(
        part: Int
    ) async throws {
        let size = Self.count / 6
        for number in part * size..<(part + 1) * size {
            var funding = RandomFunding(SeededCase(number: number))
            let again = Comment(rawValue: funding.seeded.repeatCommand("RandomFundingTests"))
            let house = try await funding.lived()
            for fault in Self.faults(of: house.store.world, house.banks.now) {
                Issue.record("\(fault)\n\(again)")
            }
            let divergence = try await house.verify.run()
            #expect(divergence == nil, again)
        }
    }

    @Test func `these lives hold everything that can happen to a share`() async throws {
        var states: Set<String> = []
        var (parts, rerouted) = (0, 0)
        for number in 0..<Self.count {
            var funding = RandomFunding(SeededCase(seed: 20_260_101, number: number))
            let world = try await funding.lived().store.world
            states.formUnion(world.requests.values.map(\.state.rawValue))
            states.formUnion(world.loans.values.map(\.state.rawValue))
            parts += world.requests.values.count {
                $0.state == .confirmed && $0.heldAmount != $0.request.amount
            }
            rerouted += world.requests.keys.count { !$0.hasSuffix(".1") }
        }
        #expect(
            states.isSuperset(of: [
                "confirmed", "refused", "reversed", "reversal-refused", "disbursed", "declined",
            ]))
        #expect(parts > 0 && rerouted > 10)
    }

    /// What is wrong between our books and the banks', in words.
    private static func faults(of world: World, _ banks: TestBanks.State) -> [String] {
        var faults: [String] = []
        for (id, loan) in world.loans.sorted(by: { $0.key < $1.key }) {
            let requests = world.requests.values.filter { $0.request.loan == id }
            let confirmed = requests.filter { $0.state == .confirmed }
            switch loan.state {
            case .disbursed:
                if loan.plan.total != loan.record.principal { faults.append("\(id): not whole") }
                for share in loan.plan.shares where share.party != TestTerms.platform {
                    let held = confirmed.filter { $0.request.party == share.party }
                    if held.map(\.heldAmount) == [share.amount] { continue }
                    faults.append("\(id): \(share) rests on \(held.map(\.request.key))")
                }
                if confirmed.count
                    != loan.plan.shares.count(where: {
                        $0.party != TestTerms.platform
                    })
                {
                    faults.append("\(id): funded by more than its plan")
                }
            case .declined:
                if !confirmed.isEmpty { faults.append("\(id): declined and funded") }
            default: faults.append("\(id): it never ended, \(loan.state)")
            }
            faults += requests.compactMap { fault(of: $0, banks) }
        }
        return faults.sorted()
    }

    /// A bank holds exactly what we say it holds; what it refused to give back is claimed.
    private static func fault(of held: HeldRequest, _ banks: TestBanks.State) -> String? {
        let key = held.request.key
        let holding: Int64? =
            switch banks.answers[key] {
            case .accepted: held.request.amount
            case .acceptedPart(let amount, _, _): amount
            default: nil
            }
        switch held.state {
        case .confirmed:
            return holding == held.heldAmount ? nil : "\(key): we count on \(held.heldAmount)"
        case .refused, .reversed:
            return holding == nil ? nil : "\(key): its bank holds \(holding ?? 0)"
        case .reversalRefused: return nil
        default: return "\(key): it never ended, \(held.state)"
        }
    }
}
