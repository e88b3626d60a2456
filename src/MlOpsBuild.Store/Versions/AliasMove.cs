using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;

namespace MlOpsBuild.Store.Versions;

/// <summary>One step in an alias's history.</summary>
/// <param name="Alias">The alias, for example <c>champion</c>.</param>
/// <param name="From">The version before, or null.</param>
/// <param name="To">The version after, or null.</param>
/// <param name="Kind">Forwards to another version, or back to an earlier one.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record AliasMove(string Alias, int? From, int? To, AliasMoveKind Kind, DateTimeOffset At, string Actor, string Reason)
{
    /// <summary>The bundle of the version after.</summary>
    public Digest? Bundle { get; init; }

    /// <summary>Whose decision it is; null where nobody signs.</summary>
    public Signature? Signature { get; init; }
}
