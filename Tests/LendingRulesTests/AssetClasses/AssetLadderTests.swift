import LendingRules
import Testing

/// The class of a claim by itself.
struct AssetLadderTests {
    /// Days past due, the class in China, the class by a partner's own ladder.
    static let days = """
        0    normal           normal
        1    special-mention  normal
        30   special-mention  normal
        31   special-mention  substandard
        60   special-mention  substandard
        61   special-mention  loss
        90   special-mention  loss
        91   substandard      loss
        270  substandard      loss
        271  doubtful         loss
        360  doubtful         loss
        361  loss             loss
        9999 loss             loss
        """

    @Test(arguments: days.split(separator: "\n").map(String.init))
    func `each lender classes one count of days by its own ladder`(line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let claim = ClaimStatus(daysPastDue: try #require(Int(words[0])))
        #expect(try #require(AssetLadder.china).assetClass(of: claim).rawValue == words[1])
        #expect(try #require(AssetLadder.short).assetClass(of: claim).rawValue == words[2])
    }

    @Test func `a floor holds where days alone would say better, and never makes better`() throws {
        let ladder = try #require(
            AssetLadder(
                [AssetLadder.Step(.specialMention, from: 1), .init(.doubtful, from: 200)],
                nonAccrualFloor: .substandard, chargedOffFloor: .loss))
        func found(_ days: Int, _ isNonAccrual: Bool, _ isChargedOff: Bool) -> AssetClass {
            ladder.assetClass(
                of: ClaimStatus(
                    daysPastDue: days, isNonAccrual: isNonAccrual, isChargedOff: isChargedOff))
        }
        #expect(found(100, false, false) == .specialMention)
        #expect(found(100, true, false) == .substandard && found(0, true, false) == .substandard)
        #expect(found(200, true, false) == .doubtful)
        #expect(found(0, false, true) == .loss && found(200, true, true) == .loss)
    }

    @Test func `steps rise in class and days`() {
        func isLadder(_ steps: (AssetClass, Int)...) -> Bool {
            AssetLadder(steps.map { AssetLadder.Step($0.0, from: $0.1) }) != nil
        }
        #expect(isLadder((.substandard, 1)) && isLadder((.specialMention, 1), (.loss, 2)))
        #expect(!isLadder() && !isLadder((.normal, 1)) && !isLadder((.substandard, 0)))
        #expect(!isLadder((.specialMention, 91), (.substandard, 91)))
        #expect(!isLadder((.substandard, 1), (.specialMention, 2)))
    }

    @Test func `bad begins at substandard`() {
        #expect(AssetClass.allCases == AssetClass.allCases.sorted())
        #expect(
            AssetClass.allCases.filter(\.isNonPerforming) == [.substandard, .doubtful, .loss])
    }
}
