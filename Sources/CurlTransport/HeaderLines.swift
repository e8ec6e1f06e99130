// What libcurl borrows of a request, in memory that the next request uses again.

internal import CCurl

/// Bytes at a place of their own, which stays until more of them come.
struct ByteRoom: ~Copyable {
    private(set) var start: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int

    init() {
        capacity = 1_024
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    /// Makes room for so many; what was there is lost.
    mutating func reserve(_ count: Int) {
        guard count > capacity else { return }
        start.deallocate()
        capacity = max(count, capacity * 2)
        start = .allocate(capacity: capacity)
    }

    mutating func write(_ bytes: [UInt8]) {
        reserve(bytes.count)
        bytes.withUnsafeBufferPointer { source in
            if let address = source.baseAddress {
                start.update(from: address, count: source.count)
            }
        }
    }
}

/// The header lines of a request as a list that libcurl only reads.
struct HeaderLines: ~Copyable {
    private var text = ByteRoom()
    private var list: UnsafeMutablePointer<curl_slist>
    private var capacity = 16
    private var used = 0

    init() { list = .allocate(capacity: capacity) }

    deinit { list.deallocate() }

    /// Writes the lines of a request; they stay until the next one's are written.
    mutating func write(_ request: ExchangeRequest) -> UnsafeMutablePointer<curl_slist> {
        // A line's name and value, two characters between them and the zero behind.
        text.reserve(
            request.headers.reduce(32) { $0 + $1.name.utf8.count + $1.value.utf8.count + 3 })
        reserve(request.headers.count + 2)
        (used, list.pointee.next) = (0, nil)
        var end = text.start
        // No wait for "100 Continue"; no form content type of libcurl's own choice.
        append("Expect", ":", "", to: &end)
        if !request.headers.contains(where: { isSameName($0.name, "content-type") }) {
            append("Content-Type", ":", "", to: &end)
        }
        for header in request.headers {
            // To libcurl a bare "Name:" means leave it out.
            append(header.name, header.value.isEmpty ? ";" : ": ", header.value, to: &end)
        }
        return list
    }

    private mutating func reserve(_ count: Int) {
        guard count > capacity else { return }
        list.deallocate()
        capacity = max(count, capacity * 2)
        list = .allocate(capacity: capacity)
    }

    private mutating func append(
        _ name: String, _ between: StaticString, _ value: String,
        to end: inout UnsafeMutablePointer<UInt8>
    ) {
        let line = UnsafeMutableRawPointer(end).assumingMemoryBound(to: CChar.self)
        copy(name, to: &end)
        end.update(from: between.utf8Start, count: between.utf8CodeUnitCount)
        end += between.utf8CodeUnitCount
        copy(value, to: &end)
        end.pointee = 0
        end += 1
        (list + used).initialize(to: curl_slist(data: line, next: nil))
        if used > 0 { list[used - 1].next = list + used }
        used += 1
    }

    private func copy(_ string: String, to end: inout UnsafeMutablePointer<UInt8>) {
        for byte in string.utf8 {
            end.pointee = byte
            end += 1
        }
    }
}

/// Whether two header names are the same, the second being in lower case.
func isSameName(_ name: String, _ lowercase: String) -> Bool {
    name.utf8.count == lowercase.utf8.count && name.lowercased() == lowercase
}
