/// Bytes that are appended and sent, at an address C can read; the memory is kept when emptied.
struct GrowingBytes: ~Copyable {
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    /// How many bytes there are.
    private(set) var count = 0

    init(capacity: Int) {
        precondition(capacity > 0, "an address is needed even for no bytes")
        memory = .allocate(byteCount: capacity, alignment: 16)
        self.capacity = capacity
    }

    deinit { memory.deallocate() }

    /// The first byte; valid until the next one is appended.
    var start: UnsafePointer<CChar> {
        UnsafePointer(memory.assumingMemoryBound(to: CChar.self))
    }

    /// Forgets the bytes.
    mutating func removeAll() { count = 0 }

    /// Appends an integer, the highest byte first.
    mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { append($0) }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        if count + bytes.count > capacity { grow(to: count + bytes.count) }
        (memory + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    /// Appends a field of eight bytes: its length and its value. Most fields are this one.
    mutating func appendField(_ value: Int64) {
        if count + 12 > capacity { grow(to: count + 12) }
        (memory + count).storeBytes(of: Int32(8).bigEndian, as: Int32.self)
        (memory + count + 4).storeBytes(of: value.bigEndian, as: Int64.self)
        count += 12
    }

    /// Writes over an integer appended before.
    mutating func replace(at offset: Int, by value: Int16) {
        precondition(offset >= 0 && offset + 2 <= count, "only what is there is replaced")
        withUnsafeBytes(of: value.bigEndian) {
            UnsafeMutableRawBufferPointer(start: memory + offset, count: 2).copyMemory(from: $0)
        }
    }

    private mutating func grow(to needed: Int) {
        capacity = max(needed, capacity * 2)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        larger.copyMemory(from: memory, byteCount: count)
        memory.deallocate()
        memory = larger
    }
}
