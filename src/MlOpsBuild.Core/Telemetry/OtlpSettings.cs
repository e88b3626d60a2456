using System.Globalization;
using System.Text.RegularExpressions;

namespace MlOpsBuild.Core.Telemetry;

/// <summary>Where telemetry goes, by the variables of OpenTelemetry's specification (OTLP exporter configuration).</summary>
/// <param name="Endpoint">Where one signal goes: with its path over HTTP.</param>
/// <param name="Grpc">Whether by gRPC; else as protobuf over HTTP.</param>
public sealed partial record OtlpSettings(Uri Endpoint, bool Grpc)
{
    private const string Variable = "OTEL_EXPORTER_OTLP_";
    private const string OverGrpc = "grpc";
    private const int UsualGrpcPort = 4317;
    private const int UsualInterval = 60_000;

    /// <summary>Where it goes, for people: without a name or a password in it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Shown => new UriBuilder(Endpoint) { UserName = "", Password = "" }.Uri.GetLeftPart(UriPartial.Path);

    /// <summary>Headers as <c>name=value,…</c>: a secret; null for none.</summary>
    public string? Headers { get; init; }

    /// <summary>The name of what sends; null for the sender's own.</summary>
    public string? ServiceName { get; init; }

    /// <summary>Attributes of what sends, as <c>name=value,…</c>; null for none.</summary>
    public string? Attributes { get; init; }

    /// <summary>Milliseconds from one sending of metrics to the next.</summary>
    /// <value>60,000, as the specification has it.</value>
    // Generated code that reads this gives zero to what is left out.
    public int IntervalMilliseconds { get; init => field = value > 0 ? value : UsualInterval; } = UsualInterval;

    /// <summary>
    /// What the variables say of <paramref name="signal"/>; null where nothing is to be sent. Without a protocol it is gRPC
    /// for port 4317 and HTTP for every other one, as collectors listen.
    /// </summary>
    /// <param name="signal"><c>traces</c> or <c>metrics</c>.</param>
    /// <param name="variable">Gives a variable's value, or null.</param>
    /// <exception cref="UsageException">One of them cannot be used; all that cannot.</exception>
    public static OtlpSettings? Of(string signal, Func<string, string?> variable)
    {
        string? Said(string name) => variable(name) is { Length: > 0 } value ? value : null;
        string? Setting(string name) => Said($"{Variable}{signal.ToUpperInvariant()}_{name}") ?? Said(Variable + name);
        if (Setting("ENDPOINT") is not { } text || string.Equals(Said("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
            || Said($"OTEL_{signal.ToUpperInvariant()}_EXPORTER") == "none")
        {
            return null;
        }

        var problems = new List<Finding>();
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            // It may hold a password: it is not told.
            problems.Add(Problem("ENDPOINT", null, "an address with http:// or https://, for example http://localhost:4318"));
        }

        var protocol = Setting("PROTOCOL") ?? (address?.Port == UsualGrpcPort ? OverGrpc : "http/protobuf");
        if (protocol is not (OverGrpc or "http/protobuf"))
        {
            problems.Add(Problem("PROTOCOL", protocol, "grpc or http/protobuf"));
        }

        if (Setting("HEADERS") is { } headers && headers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(pair => !Header().IsMatch(pair)))
        {
            // A secret: it is not told.
            problems.Add(Problem("HEADERS", null, "name=value,…, with what is special percent-encoded"));
        }

        var (interval, pause) = (UsualInterval, Said("OTEL_METRIC_EXPORT_INTERVAL"));
        if (pause != null && !(int.TryParse(pause, NumberStyles.None, CultureInfo.InvariantCulture, out interval) && interval > 0))
        {
            problems.Add(new(
                "MLB9002", "Telemetry cannot be sent so", "OTEL_METRIC_EXPORT_INTERVAL", pause, "milliseconds, 1 or more",
                "correct the variable, or unset it"));
        }

        return problems.Count > 0 ? throw new UsageException("Telemetry cannot be sent so", problems) : new(
            protocol == OverGrpc || Said($"{Variable}{signal.ToUpperInvariant()}_ENDPOINT") != null
                ? address!
                : new Uri($"{text.TrimEnd('/')}/v1/{signal}"),
            protocol == OverGrpc)
        {
            Headers = Setting("HEADERS"), ServiceName = Said("OTEL_SERVICE_NAME"), Attributes = Said("OTEL_RESOURCE_ATTRIBUTES"),
            IntervalMilliseconds = interval,
        };
    }

    /// <summary>
    /// The same for what must not fail by it, since whoever set the variables may have meant another program: nothing is sent then.
    /// </summary>
    /// <param name="signal"><c>traces</c> or <c>metrics</c>.</param>
    /// <param name="variable">Gives a variable's value, or null.</param>
    /// <param name="tell">Told what is wrong with them.</param>
    public static OtlpSettings? TryOf(string signal, Func<string, string?> variable, Action<string> tell)
    {
        try
        {
            return Of(signal, variable);
        }
        catch (UsageException problem)
        {
            tell($"no {signal} are sent: {problem.Message}");
            return null;
        }
    }

    /// <summary>
    /// Whether an exporter's refusal of settings is meant, whatever this reading of them let through: no target and no server fails by it.
    /// Its message may quote them, and headers are secret.
    /// </summary>
    public static bool IsRefusal(Exception problem) =>
        problem is ArgumentException or InvalidOperationException or FormatException or NotSupportedException;

    /// <summary>Pairs of a list such as <c>a=1,b=2</c>; values may be percent-encoded, and what is no pair is left out.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair is [{ Length: > 0 }, _])
            .Select(pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1])));

    [GeneratedRegex("^[A-Za-z0-9!#$%&'*+.^_`|~-]+\\s*=[^\\x00-\\x1f\\x7f]*$")]
    private static partial Regex Header();

    private static Finding Problem(string name, string? value, string expected) => new(
        "MLB9002", "Telemetry cannot be sent so", Variable + name, value, expected, "correct the variable, or unset it");
}
