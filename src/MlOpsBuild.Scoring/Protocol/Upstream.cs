using System.Text.Json.Serialization;
using MlOpsBuild.Core.Views;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>A model server behind the gateway.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Port">Its port.</param>
/// <param name="OptionsFile">What it was started with; null when somebody else starts it again.</param>
public sealed record Upstream(int Version, int Port, string? OptionsFile = null)
{
    /// <summary>The name by which the gateway's network knows it.</summary>
    /// <value>null: this machine's loopback.</value>
    public string? Host { get; init; }

    /// <summary>Feature views that its version takes values of, which the gateway looks up.</summary>
    // Generated code that reads this gives null to what is left out; without views two are equal, wherever they were read.
    public IReadOnlyList<JoinedView> Views { get; init => field = value is { Count: > 0 } ? value : []; } = [];

    /// <summary>Where the gateway finds it: no two servers have the same.</summary>
    [JsonIgnore]
    public (string? Host, int Port) Address => (Host, Port);
}
