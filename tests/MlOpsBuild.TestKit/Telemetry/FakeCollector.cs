using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MlOpsBuild.TestKit.Telemetry;

/// <summary>
/// A collector of OpenTelemetry on loopback, for OTLP as protobuf over HTTP and over gRPC. It refuses what is not what the specification
/// says: another path, another content type, a body that is no such message.
/// </summary>
public sealed class FakeCollector : IAsyncDisposable
{
    private const int PrefixLength = 5;
    private readonly ConcurrentQueue<(string Signal, ProtobufMessage Message)> _received = new();
    private readonly ConcurrentQueue<string> _headers = new();
    private WebApplication? _host;

    /// <summary>Where it takes protobuf over HTTP, without a path.</summary>
    public Uri Http { get; private set; } = null!;

    /// <summary>Where it takes gRPC.</summary>
    public Uri Grpc { get; private set; } = null!;

    /// <summary>The status it answers; others than 200 keep nothing.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Values of the header <c>x-key</c>, one a request.</summary>
    public IReadOnlyList<string> Keys => [.. _headers];

    /// <summary>The spans so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans =>
    [
        .. All("traces").SelectMany(message => message.Messages(1)).SelectMany(resource => resource.Path(2, 2).Select(span => new
            ReceivedSpan(Service(resource), span.Text(5), Convert.ToHexStringLower(span.Bytes(1)), Convert.ToHexStringLower(span.Bytes(2)),
            Convert.ToHexStringLower(span.Bytes(4)), span.Messages(15).Any(status => status.Number(3) == 2),
            span.Number(8) - span.Number(7), Attributes(span, 9)))),
    ];

    /// <summary>The values of metrics so far.</summary>
    public IReadOnlyList<ReceivedPoint> Points =>
    [
        .. All("metrics").SelectMany(message => message.Messages(1)).SelectMany(resource => resource.Path(2, 2).SelectMany(metric =>
            metric.Path(5, 1).Concat(metric.Path(7, 1)).Select(point => new ReceivedPoint(
                Service(resource), metric.Text(1), point.Has(4) ? point.Fraction(4) : (long)point.Number(6), 0, [], Attributes(point, 7)))
            .Concat(metric.Path(9, 1).Select(point => new ReceivedPoint(
                Service(resource), metric.Text(1), point.Fraction(5), point.Number(4),
                [.. point.Packed(7).Select(BitConverter.UInt64BitsToDouble)], Attributes(point, 9)))))),
    ];

    /// <summary>Starts it on two free ports.</summary>
    public async Task<FakeCollector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http2);
        });
        _host = builder.Build();
        _host.Run(TakeAsync);
        await _host.StartAsync();
        var addresses = _host.Urls.ToList();
        (Http, Grpc) = (new(addresses[0]), new(addresses[1]));
        return this;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_host != null)
        {
            await _host.StopAsync();
            await _host.DisposeAsync();
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var content = body.ToArray();
        _headers.Enqueue(context.Request.Headers["x-key"].ToString());
        var signal = (context.Request.Path.Value, context.Request.ContentType) switch
        {
            ("/v1/traces" or "/v1/metrics", "application/x-protobuf") => context.Request.Path.Value![4..],
            ("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc") => "traces",
            ("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "application/grpc") => "metrics",
            _ => null,
        };
        var overGrpc = context.Request.ContentType == "application/grpc";
        if (signal == null || Status != 200)
        {
            context.Response.StatusCode = signal == null ? StatusCodes.Status404NotFound : Status;
            return;
        }

        // gRPC puts a flag and the length before each message, and its status behind the answer.
        var length = overGrpc ? (int)BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(1, 4)) : content.Length;
        _received.Enqueue((signal, new(overGrpc ? content.AsSpan(PrefixLength, length) : content)));
        context.Response.ContentType = context.Request.ContentType;
        if (overGrpc)
        {
            await context.Response.Body.WriteAsync(new byte[PrefixLength]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }

    private IEnumerable<ProtobufMessage> All(string signal) =>
        _received.Where(received => received.Signal == signal).Select(received => received.Message);

    private static string Service(ProtobufMessage resource) =>
        resource.Messages(1).Select(found => Attributes(found, 1)).First().GetValueOrDefault("service.name", "");

    private static Dictionary<string, string> Attributes(ProtobufMessage message, int field) =>
        message.Messages(field).ToDictionary(pair => pair.Text(1), pair => Value(pair.Messages(2).Single()), StringComparer.Ordinal);

    private static string Value(ProtobufMessage any) => any.Has(1) ? any.Text(1)
        : any.Has(2) ? any.Number(2) != 0 ? "true" : "false"
        : any.Has(3) ? ((long)any.Number(3)).ToString(CultureInfo.InvariantCulture)
        : any.Fraction(4).ToString(CultureInfo.InvariantCulture);
}
