import TestSupport
import Testing

/// Laws of loans by every pricing, computation, allocation, effect of early repayments and change
/// of plan, mixed at random.
struct RichLivesTests {
    @Test func `every bucket is conserved and paid off in 20,000 lives by all terms`() throws {
        try Property.check(20_000) { random in
            var life = try RichLife(isMixed: false, changesHands: false, using: &random)
            try life.live()
        }
    }

    @Test func `waivers and charge-offs keep the laws in 20,000 lives by all terms`() throws {
        try Property.check(20_000) { random in
            var life = try RichLife(isMixed: true, changesHands: false, using: &random)
            try life.live()
        }
    }

    @Test func `claims that change hands keep the laws in 20,000 lives by all terms`() throws {
        try Property.check(20_000) { random in
            var life = try RichLife(isMixed: true, changesHands: true, using: &random)
            try life.live()
        }
    }
}
