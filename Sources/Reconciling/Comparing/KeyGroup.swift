/// The lines of one key, both sides: which of them meet, and what each one left over is.
///
/// Of a key that the other side does not have at all the first line is one-sided; every further
/// line that finds no partner is a duplicate.
struct KeyGroup<Element> {
    /// A line that found no partner.
    struct Leftover {
        let side: Side
        let kind: BreakKind
        let line: TwinPairing<Element>.Numbered
    }

    /// Lines that meet, in the order of our contents.
    let pairs: [(ours: TwinPairing<Element>.Numbered, theirs: TwinPairing<Element>.Numbered)]
    /// Ours first, each side in order of content.
    let leftovers: [Leftover]

    init(ours: [Element], theirs: [Element], order: TwinOrder<Element>) {
        let twins = TwinPairing(ours: ours, theirs: theirs, order: order)
        pairs = twins.pairs
        leftovers =
            KeyGroup.left(twins.ours, on: .ours, isKnown: !theirs.isEmpty)
            + KeyGroup.left(twins.theirs, on: .theirs, isKnown: !ours.isEmpty)
    }

    private static func left(
        _ lines: [TwinPairing<Element>.Numbered], on side: Side, isKnown: Bool
    ) -> [Leftover] {
        lines.enumerated().map { position, line in
            Leftover(
                side: side, kind: kind(on: side, isDuplicate: isKnown || position > 0), line: line)
        }
    }

    private static func kind(on side: Side, isDuplicate: Bool) -> BreakKind {
        switch side {
        case .ours: isDuplicate ? .duplicateOurs : .oursOnly
        case .theirs: isDuplicate ? .duplicateTheirs : .theirsOnly
        }
    }
}
