// The last handler before the socket: lets bytes out slowly, or others than HTTP would write.
import NIOCore

/// Passes everything on unless a pace is set; then bytes leave a few at a time.
final class Tap: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private struct Piece {
        var bytes: ByteBuffer
        let promise: EventLoopPromise<Void>?
        /// Nil when it leaves as soon as those before it have left.
        let pace: Pace?
    }

    /// The pace of what is written now; nil is as fast as it goes.
    private var pace: Pace?
    private var waiting: [Piece] = []
    private var isDripping = false
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    /// What `body` writes leaves at a pace, and nothing that is written later.
    func paced(_ pace: Pace?, _ body: () -> Void) {
        self.pace = pace
        body()
        self.pace = nil
    }

    /// Lets bytes out that no HTTP handler has seen.
    func writeRaw(_ bytes: ByteBuffer) -> EventLoopFuture<Void>? {
        guard let context else { return nil }
        let promise = context.eventLoop.makePromise(of: Void.self)
        write(context: context, data: wrapOutboundOut(bytes), promise: promise)
        flush(context: context)
        return promise.futureResult
    }

    func write(
        context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
        if pace == nil, waiting.isEmpty { return context.write(data, promise: promise) }
        waiting.append(Piece(bytes: unwrapOutboundIn(data), promise: promise, pace: pace))
    }

    func flush(context: ChannelHandlerContext) {
        if waiting.isEmpty { return context.flush() }
        if !isDripping { drip(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        for piece in waiting { piece.promise?.fail(ChannelError.ioOnClosedChannel) }
        waiting = []
    }

    private func drip(_ context: ChannelHandlerContext) {
        guard !waiting.isEmpty, context.channel.isActive else {
            isDripping = false
            return
        }
        isDripping = true
        let pause = release(context)
        context.flush()
        let held = NIOLoopBound((tap: self, context: context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(pause))) {
            held.value.tap.drip(held.value.context)
        }
    }

    /// Writes what may leave now; returns the milliseconds until more may.
    private func release(_ context: ChannelHandlerContext) -> Int {
        var left: Int?
        var pause = 0
        while let first = waiting.first {
            if let pace = first.pace, left == nil {
                left = pace.bytes
                pause = pace.everyMilliseconds
            }
            let size = first.bytes.readableBytes
            let take = first.pace == nil ? size : min(left ?? 0, size)
            if first.pace != nil { left = (left ?? 0) - take }
            if take < size {
                if let slice = waiting[0].bytes.readSlice(length: take), take > 0 {
                    context.write(wrapOutboundOut(slice), promise: nil)
                }
                return pause
            }
            waiting.removeFirst()
            context.write(wrapOutboundOut(first.bytes), promise: first.promise)
        }
        return pause
    }
}
