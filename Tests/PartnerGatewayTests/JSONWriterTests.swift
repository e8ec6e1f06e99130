// What is written can be read back, whatever the texts hold.

import PartnerGateway
import Testing

@Suite struct JSONWriterTests {
    @Test func `commas, nesting and escapes come out right`() {
        var writer = JSONWriter()
        writer.object {
            $0.member("a", "x\"\\\n\u{1}é😀")
            $0.name("b")
            $0.array {
                $0.integer(-3)
                $0.object { _ in }
                $0.array { _ in }
                $0.string("")
            }
            $0.name("c")
            $0.object { $0.member("d", "e") }
        }
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == #"{"a":"x\"\\\u000a\u0001é😀","b":[-3,{},[],""],"c":{"d":"e"}}"#)
    }

    @Test func `every character but zero comes back as it went`() throws {
        for value in UInt32(1)...0x2FF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var writer = JSONWriter()
            writer.string(String(scalar))
            let text = try JSONReader.read(writer.bytes).text
            #expect(text?.unicodeScalars.elementsEqual([scalar]) == true)
        }
    }
}
