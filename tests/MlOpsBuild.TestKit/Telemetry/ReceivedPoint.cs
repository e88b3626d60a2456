namespace MlOpsBuild.TestKit.Telemetry;

/// <summary>A value of a metric that a collector got.</summary>
/// <param name="Service">Name of what sent it.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Value">A gauge's or counter's value, or the sum of a histogram.</param>
/// <param name="Count">Values in a histogram; 0 for others.</param>
/// <param name="Bounds">Bounds of a histogram's buckets.</param>
/// <param name="Attributes">Its attributes.</param>
public sealed record ReceivedPoint(
    string Service, string Name, double Value, ulong Count, IReadOnlyList<double> Bounds, IReadOnlyDictionary<string, string> Attributes);
