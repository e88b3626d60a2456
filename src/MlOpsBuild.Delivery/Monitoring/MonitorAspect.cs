using System.Text.Json.Serialization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What, for example <c>loss</c>.</param>
/// <param name="Verdict">Whether it is as it should be; Inconclusive where there is not enough to tell.</param>
/// <param name="Evidence">The figures, in words.</param>
public sealed record MonitorAspect(string Name, Verdict Verdict, string Evidence)
{
    /// <summary>Whether it counts for the verdict; else it is shown.</summary>
    /// <value>true.</value>
    public bool Judged { get; init; } = true;

    /// <summary>The day on which it most likely began; null where it is well, or nothing says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? Since { get; init; }
}
