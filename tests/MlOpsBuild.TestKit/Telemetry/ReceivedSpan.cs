namespace MlOpsBuild.TestKit.Telemetry;

/// <summary>A span that a collector got.</summary>
/// <param name="Service">Name of what sent it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trace">Hexadecimal id of its trace.</param>
/// <param name="Id">Its own.</param>
/// <param name="Parent">That of the span around it; empty for none.</param>
/// <param name="Failed">Whether its status is an error.</param>
/// <param name="Nanoseconds">From begin to end.</param>
/// <param name="Attributes">Its attributes.</param>
public sealed record ReceivedSpan(
    string Service, string Name, string Trace, string Id, string Parent, bool Failed, ulong Nanoseconds,
    IReadOnlyDictionary<string, string> Attributes);
