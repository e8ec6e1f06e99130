import LendingRules
import Testing

/// What a partner's word on its own means in every state of a request.
struct PartnerWordTests {
    static let words: [PartnerWord] = [
        .pending, .accepted, .confirmed, .refused, .reversing, .reversed,
    ]

    /// A state a line, a word a column; `?` is in doubt, `!` a contradiction, `=` known.
    static let table = """
        planned            ?        ?         ?         ?        ?  ?
        sent               pending  accepted  accepted  refused  ?  reversed
        pending            =        accepted  accepted  refused  ?  reversed
        in-doubt           pending  accepted  accepted  refused  ?  reversed
        accepted           =        =         =         ?        ?  ?
        refused            =        !         !         =        =  =
        confirmed          =        =         =         !        !  !
        reversing          =        =         =         =        =  reversed
        reversed           =        reversing reversing =        =  =
        reversal-refused   =        =         =         !        !  reversed
        reversal-in-doubt  =        =         =         =        =  reversed
        returned           =        =         =         !        =  =
        """

    static let rows = table.split(separator: "\n").map { line in
        line.split(separator: " ").map(String.init)
    }

    @Test func `the table has every state and word`() {
        #expect(Set(Self.rows.map(\.[0])) == Set(RequestState.allCases.map(\.rawValue)))
        #expect(Set(Self.words) == Set(PartnerWord.allCases))
    }

    @Test(arguments: rows)
    func `a word that fits means what the table says`(row: [String]) throws {
        let state = try #require(RequestState(rawValue: row[0]))
        for (word, cell) in zip(Self.words, row.dropFirst()) {
            #expect(
                Self.cell(state.meaning(of: word, fits: true, isUndecided: true), in: state)
                    == cell, "\(state) \(word)")
        }
    }

    @Test(arguments: rows)
    func `once money is decided an acceptance is not doubted any more`(row: [String]) throws {
        let state = try #require(RequestState(rawValue: row[0]))
        for (word, cell) in zip(Self.words, row.dropFirst()) {
            let expected = state == .accepted && cell == "?" ? "!" : cell
            #expect(
                Self.cell(state.meaning(of: word, fits: true, isUndecided: false), in: state)
                    == expected, "\(state) \(word)")
        }
    }

    @Test(arguments: RequestState.allCases, words)
    func `a word that does not fit never answers`(state: RequestState, word: PartnerWord) {
        for isUndecided in [true, false] {
            let meaning = state.meaning(of: word, fits: false, isUndecided: isUndecided)
            let isSettled = [.refused, .reversed, .reversalRefused, .returned, .confirmed]
                .contains(state)
            let isDecided = isSettled || state == .accepted && !isUndecided
            #expect(Self.cell(meaning, in: state) == (isDecided ? "!" : "?"))
        }
    }

    @Test func `a refusal cannot become an acceptance by a word`() {
        for word in Self.words {
            let meaning = RequestState.refused.meaning(of: word, fits: true, isUndecided: true)
            #expect([.known, .contradiction].contains(meaning))
        }
    }

    private static func cell(_ meaning: WordMeaning, in state: RequestState) -> String {
        switch meaning {
        case .known: "="
        case .contradiction: "!"
        case .moves(let next): next.rawValue
        case .doubt(let next):
            next == ([.reversing, .reversalInDoubt].contains(state) ? .reversalInDoubt : .inDoubt)
                ? "?" : "wrong doubt"
        }
    }
}
