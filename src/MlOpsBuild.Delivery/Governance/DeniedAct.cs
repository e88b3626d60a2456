using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store;

namespace MlOpsBuild.Delivery.Governance;

/// <summary>Writes what a policy denied into the audit log.</summary>
/// <param name="store">The store.</param>
/// <param name="identity">Who wanted it.</param>
public sealed class DeniedAct(MlOpsStore store, Identity identity)
{
    /// <summary>The entry's action.</summary>
    public const string Action = "denied";

    /// <summary>Writes it; a log that cannot be written does not let anybody through, and is told beside why.</summary>
    /// <param name="act">What was wanted, for example <c>deploy</c>.</param>
    /// <param name="place">Where.</param>
    /// <param name="version">Of which version; null when it is about none.</param>
    /// <param name="denials">Why not.</param>
    /// <param name="cancellationToken">Stops waiting for the log.</param>
    /// <returns>The denials, and what the log had against them.</returns>
    public async Task<IReadOnlyList<Finding>> WriteAsync(
        string act, string place, int? version, IReadOnlyList<Finding> denials, CancellationToken cancellationToken)
    {
        try
        {
            await store.Audit.AppendAsync(
                identity.Actor, Action, place, string.Join("; ", denials.Select(denial => denial.What).Distinct()),
                new(StringComparer.Ordinal)
                {
                    ["act"] = act, ["as"] = identity.ToString(), ["codes"] = string.Join(" ", denials.Select(denial => denial.Code)),
                    ["version"] = version is { } number ? string.Create(CultureInfo.InvariantCulture, $"v{number}") : "",
                },
                cancellationToken);
            return denials;
        }
        catch (FindingsException unwritten)
        {
            return [.. denials, .. unwritten.Findings];
        }
    }

    /// <summary>Writes it and ends the command.</summary>
    /// <exception cref="StageFailedException">Always: a gate said no.</exception>
    public async Task RefuseAsync(
        string act, string place, int? version, IReadOnlyList<Finding> denials, CancellationToken cancellationToken) =>
        throw Denied(await WriteAsync(act, place, version, denials, cancellationToken));

    /// <summary>What ends a command that was denied: a gate said no.</summary>
    internal static StageFailedException Denied(IReadOnlyList<Finding> denials) =>
        new("The policy of the environment denies it", denials, Verdict.Failed);
}
