package io.github.tandemfetch.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Marks requests of another version of HTTP than 1.0 and 1.1 as invalid, so that {@link RequestGate#invalid} answers
 * them. The HTTP library would answer some of them itself, with nothing but a status.
 */
final class HttpVersionCheck extends ChannelInboundHandlerAdapter {
    /** The request is of a version that is not supported. */
    static final class UnsupportedVersionException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request
                && request.decoderResult().isSuccess()
                && !request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
            request.setDecoderResult(DecoderResult.failure(new UnsupportedVersionException()));
        }
        context.fireChannelRead(message);
    }
}
