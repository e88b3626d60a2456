using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>
/// Somebody agrees that a version may be promoted on an environment, or takes back what was agreed. It names the bundle, not the number:
/// numbers are settled with a team later.
/// </summary>
public sealed record Approval
{
    /// <summary>Name; sorts by time.</summary>
    public required string Id { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Where the version may serve.</summary>
    public required string Environment { get; init; }

    /// <summary>The version's bundle.</summary>
    public required Digest Bundle { get; init; }

    /// <summary>Who, as records name them.</summary>
    public required string Actor { get; init; }

    /// <summary>All that they are, as <c>github:ada</c>.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Until when it holds.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Whether it takes back every approval of this version that came before.</summary>
    public bool Withdraws { get; init; }

    /// <summary>Whose it is; null where nobody signs.</summary>
    public Signature? Signature { get; init; }
}
