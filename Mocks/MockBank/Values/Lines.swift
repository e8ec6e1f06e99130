// NDJSON and its like: a value on each line.

extension [UInt8] {
    /// What stands between line feeds and is not empty.
    var lines: [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = startIndex
        while start < endIndex {
            let end = self[start...].firstIndex(of: UInt8(ascii: "\n")) ?? endIndex
            if end > start { lines.append(self[start..<end]) }
            start = end + 1
        }
        return lines
    }
}
