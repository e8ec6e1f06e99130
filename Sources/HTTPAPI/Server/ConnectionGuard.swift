internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes

/// Watches over one connection: what is no HTTP is refused with a problem, and an answer that
/// closes the connection does.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let lingering: TimeAmount
    /// Requests whose answer is not complete.
    private var openAnswers = 0
    /// A request's end has not come yet.
    private var isReading = false
    /// The answer that is being written is the last.
    private var isLast = false
    /// What came after the requests under way was no HTTP.
    private var refusal: Problem?

    init(_ limits: ServerLimits) { lingering = TimeAmount(limits.lingeringTime) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isReading = true
            openAnswers += 1
        case .body: break
        case .end: isReading = false
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // In the middle of a body its reader hears of it and answers.
        guard !isReading, error is HTTPParserError || !(error is IOError) else {
            context.fireErrorCaught(error)
            return
        }
        guard refusal == nil else { return }
        refusal = Self.problem(error)
        if openAnswers == 0 { refuse(context) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isLast = head.headerFields[.connection] == "close"
            context.write(data, promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            openAnswers -= 1
            context.write(data, promise: promise)
            if isLast {
                finish(context)
            } else if openAnswers == 0, refusal != nil {
                refuse(context)
            }
        }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        guard let refusal else { return }
        let answer = APIAnswer(refusing: refusal, requestID: "none")
        let response = answer.response(requestID: "none", isHead: false)
        context.write(wrapOutboundOut(.head(response.head)), promise: nil)
        context.write(
            wrapOutboundOut(.body(ByteBuffer(bytes: answer.body))), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        finish(context)
    }

    private func finish(_ context: ChannelHandlerContext) {
        context.flush()
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: lingering) { channel.close(promise: nil) }
    }

    private static func problem(_ error: any Error) -> Problem {
        if case HTTPParserError.headerOverflow = error { return .largeHeaders }
        return .malformed("this is no HTTP/1.1 request", closesConnection: true)
    }
}
