using System.Globalization;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Reporting.History;

/// <summary>Answers which version served when, from the moves of an environment's alias and the audit log.</summary>
public static class ServedHistory
{
    private static readonly string[] Starting = ["deploy", "rollback"];

    /// <summary>What served at <paramref name="at"/>.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="environment">Where.</param>
    /// <param name="moves">The moves of that environment's alias, oldest first.</param>
    /// <param name="audit">The audit log.</param>
    /// <param name="at">The moment.</param>
    public static ServedThen At(
        string pipeline, string environment, IReadOnlyList<AliasMove> moves, IReadOnlyList<AuditEntry> audit, DateTimeOffset at)
    {
        // The alias's own order counts; the clocks of the machines that moved it may differ.
        var last = moves.ToList().FindLastIndex(move => move.At <= at);
        if (last < 0 || moves[last] is not { To: { } version } arrival)
        {
            return new(
                pipeline, at, null, null, moves.Where(move => move.At > at).Select(move => (DateTimeOffset?)move.At).Min(), null, null,
                null);
        }

        var until = moves.Skip(last + 1).Select(move => (DateTimeOffset?)move.At).FirstOrDefault();
        var entry = audit
            .Where(line => line.At <= at
                && line.Subject == $"{pipeline}/{environment}"
                && (Starting.Contains(line.Action) || line.Action == "stop"))
            .OrderBy(line => line.At).LastOrDefault();
        var stopped = entry is { Action: "stop" }
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Subject} was stopped by {entry.Actor} at {entry.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
            : null;
        return new(pipeline, at, version, arrival.At, until, arrival.Actor, arrival.Reason, stopped);
    }
}
