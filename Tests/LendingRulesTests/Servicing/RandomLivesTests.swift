import TestSupport
import Testing

/// Laws that hold for every loan whatever happens to it.
struct RandomLivesTests {
    @Test
    func `ledger, lenders and borrower agree at every step of 20,000 random lives`() throws {
        try Property.check(20_000) { random in
            var life = RandomLife(using: &random)
            try life.live()
        }
    }

    @Test
    func `every route of claims and cash mixed at random keeps the laws in 20,000 lives`() throws {
        try Property.check(20_000) { random in
            var life = RandomLife(isMixed: true, using: &random)
            try life.live()
        }
    }

    @Test
    func `claims that change hands keep the laws in 20,000 lives`() throws {
        try Property.check(20_000) { random in
            var life = RandomLife(isMixed: true, changesHands: true, using: &random)
            try life.live()
        }
    }
}
