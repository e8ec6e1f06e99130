import Testing

struct ScannerTests {
    @Test(arguments: [
        (#"let a = "try!" // try!"#, "let a ="),
        ("/* a /* nested */ b */ let b = 1", "let b = 1"),
        (##"let c = #"a "quoted" \n"# + d"##, "let c = + d"),
        (#"let e = "a \(f(g, "h")) i" + j"#, "let e = f(g, ) + j"),
        (##"let k = #"a \(no) \#(yes)"#"##, "let k = yes"),
        (#"let l = "an escaped \" quote" + m"#, "let l = + m"),
        ("let n = \"\"\"\n  a \"word\" b\n  \"\"\" + o", "let n =  + o"),
        ("func `it isn't \"async\"`() {}", "func __________________() {}"),
        ("let p = #/a\"b/# ; let q = 1", "let p = ; let q = 1"),
        ("let r = \"unterminated\nlet s = 1", "let r = let s = 1"),
    ])
    func `only code is left of a line`(text: String, code: String) {
        let source = SwiftSource(path: "Sources/Monetary/Sample.swift", text: text)
        #expect(words(source.code.joined(separator: " ")) == words(code))
    }

    @Test func `comments and strings keep their lines`() {
        let source = SwiftSource(
            path: "Sources/Monetary/Sample.swift", text: "a // one\n\"two\"\n/* three\nfour */ b")
        #expect(
            source.comments.map(words) == [["//", "one"], [], ["/*", "three"], ["four", "*/"]])
        #expect(source.strings.map(words) == [[], ["\"two\""], [], []])
        #expect(source.code.map(words) == [["a"], [], [], ["b"]])
    }

    @Test func `a requirement has no body and a default closure is not one`() {
        let text = """
            protocol P {
                func a()
                func b(_ c: () -> Void)
            }
            struct S {
                func d(_ e: () -> Void = { }) -> Int {
                    self.init()
                    return 1
                }
                init() {}
            }
            """
        let source = SwiftSource(path: "Sources/Monetary/Sample.swift", text: text)
        #expect(source.functions.map(\.line) == [6, 10])
        #expect(source.functions.map(\.lineCount) == [4, 1])
    }

    private func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}
