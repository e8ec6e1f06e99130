import TestSupport
import Testing

@Test func `a broken law names its seed, its case and the command that repeats it`() throws {
    var drawn: [UInt64] = []
    let broken = #expect(throws: BrokenProperty.self) {
        try Property.check(1_000, seed: 7) { random in
            drawn.append(random.next())
            try hold(drawn.count < 4, "the fourth case")
        }
    }
    let text = try #require(broken).description
    // With COLEND_CASE set, as a person would who repeats another test, only that case is drawn.
    guard drawn.count == 4 else { return }
    #expect(text.contains("the fourth case"))
    #expect(text.contains("COLEND_CASE=3 COLEND_SEED=7 swift test --filter MonetaryTests"))
    var alone = SeededCase(seed: 7, number: 3).generator
    #expect(alone.next() == drawn[3])
}
